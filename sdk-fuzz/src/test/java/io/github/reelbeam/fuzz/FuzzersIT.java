package io.github.reelbeam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Lets the fuzzers look for more: all together for ten seconds in an ordinary build, and each for
 * ten minutes with the profile {@code fuzz}.
 */
@Execution(ExecutionMode.CONCURRENT)
class FuzzersIT {
  private static final Duration TOGETHER = Duration.ofSeconds(10);
  private static final Path FOLDER = Path.of("target", "fuzz");

  @Test
  void togetherFindNothing(@TempDir Path found, @TempDir Path seeds)
      throws IOException, InterruptedException {
    for (Fuzzer fuzzer : Fuzzer.values()) {
      for (Path input : fuzzer.inputs()) {
        Path seed = seeds.resolve(fuzzer.title() + "-" + input.getFileName());
        Files.write(seed, EveryFuzzer.marked(fuzzer, Files.readAllBytes(input)));
      }
    }
    Jazzer jazzer =
        Jazzer.run(
            EveryFuzzer.class,
            FOLDER.resolve("together"),
            TOGETHER,
            // within seconds the second compiler costs more than it gains
            List.of("-XX:TieredStopAtLevel=1"),
            // a change is judged by what it does, and not by what today's dice bring to light
            List.of("-seed=1", found.toString(), seeds.toString()));
    if (!jazzer.isClean()) {
      Path input = jazzer.found().orElseThrow(() -> new AssertionError(jazzer.reason()));
      byte[] marked = Files.readAllBytes(input);
      Fuzzer whose = EveryFuzzer.fuzzer(marked);
      Path own = Files.createDirectories(FOLDER.resolve(whose.title()));
      input = Files.write(own.resolve(input.getFileName()), EveryFuzzer.content(marked));
      throw finding(whose, input, jazzer.reason());
    }
    print("All fuzzers together", jazzer);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("chosen")
  @Tag("fuzz")
  void findsNothing(Fuzzer fuzzer) throws IOException, InterruptedException {
    Path folder = FOLDER.resolve(fuzzer.title());
    Path found = Files.createDirectories(folder.resolve("found"));
    List<String> arguments = new ArrayList<>();
    if (Files.exists(fuzzer.dictionary())) {
      arguments.add("-dict=" + fuzzer.dictionary());
    }
    arguments.addAll(List.of(found.toString(), fuzzer.corpus().toString()));
    Duration time = Duration.ofSeconds(Long.getLong("fuzz.seconds", 600));
    Jazzer jazzer = Jazzer.run(fuzzer.target(), folder, time, List.of(), arguments);
    if (!jazzer.isClean()) {
      Path input = jazzer.found().orElseThrow(() -> new AssertionError(jazzer.reason()));
      throw finding(fuzzer, input, jazzer.reason());
    }
    print(fuzzer.title(), jazzer);
  }

  static List<Fuzzer> chosen() {
    String only = System.getProperty("fuzz.only", "");
    List<Fuzzer> chosen =
        Arrays.stream(Fuzzer.values())
            .filter(fuzzer -> only.isEmpty() || List.of(only.split(",")).contains(fuzzer.title()))
            .toList();
    assertThat(chosen).as("there is no fuzzer " + only).isNotEmpty();
    return chosen;
  }

  private static AssertionError finding(Fuzzer fuzzer, Path input, String reason) {
    Path found = input.toAbsolutePath();
    return new AssertionError(
        """
        %s has found something. %s
        input:   %s
        replay:  mvn -B -ntp -pl sdk-fuzz -am test -Dtest=CorpusTest -Dsurefire.failIfNoSpecifiedTests=false \
        -Dfuzz.only=%s -Dfuzz.input=%s
        mended?  keep it: cp %s sdk-fuzz/%s/a-name-for-it
        """
            .formatted(
                fuzzer.title(), reason, found, fuzzer.title(), found, found, fuzzer.corpus()));
  }

  /** The figures are what people run this for. */
  @SuppressWarnings("SystemOut")
  private static void print(String title, Jazzer jazzer) {
    System.out.printf("%-20s %s%n", title, jazzer.figures());
  }
}
