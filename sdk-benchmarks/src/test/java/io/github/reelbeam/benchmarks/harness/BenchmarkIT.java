package io.github.reelbeam.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The harness works: two contestants, a round each. Its figures are not looked at. */
class BenchmarkIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  @Test
  void runsContestantsAndWritesWhatTheyCost(@TempDir Path folder) throws IOException {
    Files.createDirectory(folder.resolve("class-paths"));
    for (String built :
        List.of("reelbeam-benchmarks.jar", "class-paths/reelbeam.txt", "class-paths/netty.txt")) {
      Files.copy(TARGET.resolve(built), folder.resolve(built));
    }
    Path docs = Files.createDirectory(folder.resolve("docs"));
    Files.writeString(
        docs.resolve("performance.md"),
        """
        <!-- begin: warm -->
        <!-- end: warm -->
        <!-- begin: cold -->
        <!-- end: cold -->
        """);
    Map<String, String> properties =
        Map.of(
            "benchmark.target", folder.toString(),
            "benchmark.docs", docs.toString(),
            "benchmark.loads", "1m",
            "benchmark.contestants", "reelbeam,netty",
            "benchmark.rounds", "1",
            "benchmark.uploads", "2",
            "benchmark.warmUp", "0");

    // fails where the store has not received everything
    String tables = new Benchmark(Settings.from(properties::get)).run();

    assertThat(tables.lines())
        .filteredOn(line -> line.startsWith("| Reelbeam |") || line.contains("Netty |"))
        .hasSize(4)
        .noneMatch(line -> line.contains("NaN"));
    assertThat(docs.resolve("performance.md")).content().contains("### 1 MiB, cold");
    assertThat(docs.resolve("performance-warm.svg")).content().contains("<svg");
    assertThat(folder.resolve("benchmark/rounds.csv")).content().hasLineCount(5);
  }
}
