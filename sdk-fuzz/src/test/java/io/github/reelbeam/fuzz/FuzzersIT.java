package io.github.reelbeam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the fuzzers: each replays its corpus and then looks for more, for two seconds in an ordinary
 * build and for ten minutes with the profile {@code fuzz}.
 */
@Tag("fuzz")
@Execution(ExecutionMode.CONCURRENT)
class FuzzersIT {
  private static final int LONG = 30;

  @ParameterizedTest(name = "{0}")
  @MethodSource("chosen")
  void findsNothing(Fuzzer fuzzer) throws IOException, InterruptedException {
    int seconds = Integer.getInteger("fuzz.seconds", 2);
    String input = System.getProperty("fuzz.input", "");
    FuzzerRun run = new FuzzerRun(fuzzer, Path.of("target", "fuzz", fuzzer.title()));
    String figures =
        input.isEmpty() ? run.fuzz(seconds, seconds >= LONG) : run.replay(Path.of(input));
    assertThat(figures).isNotEmpty();
    print("%-20s %s".formatted(fuzzer.title(), figures));
  }

  static List<Fuzzer> chosen() {
    String only = System.getProperty("fuzz.only", "");
    List<Fuzzer> chosen =
        Arrays.stream(Fuzzer.values())
            .filter(fuzzer -> only.isEmpty() || fuzzer.title().equals(only))
            .toList();
    assertThat(chosen).as("there is no fuzzer " + only).isNotEmpty();
    return chosen;
  }

  /** The figures are what people run this for. */
  @SuppressWarnings("SystemOut")
  private static void print(String line) {
    System.out.println(line);
  }
}
