package io.github.reelbeam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the corpora: all inputs that once broke something, and those from which the fuzzers
 * begin. With {@code -Dfuzz.only} and {@code -Dfuzz.input} it replays one file.
 */
class CorpusTest {
  private static final long LARGEST_CORPUS = 300 << 10;

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("inputs")
  void breaksNothing(Fuzzer fuzzer, Path input) throws Exception {
    fuzzer.run(Files.readAllBytes(input));
  }

  static List<Arguments> inputs() throws IOException {
    String one = System.getProperty("fuzz.input", "");
    List<Arguments> inputs = new ArrayList<>();
    for (Fuzzer fuzzer : one.isEmpty() ? List.of(Fuzzer.values()) : FuzzersIT.chosen()) {
      for (Path input : one.isEmpty() ? fuzzer.inputs() : List.of(Path.of(one))) {
        inputs.add(Arguments.of(fuzzer, input));
      }
    }
    return inputs;
  }

  @Test
  void staysSmall() throws IOException {
    long bytes = 0;
    for (Fuzzer fuzzer : Fuzzer.values()) {
      for (Path input : fuzzer.inputs()) {
        bytes += Files.size(input);
      }
    }
    assertThat(bytes).isBetween(1L, LARGEST_CORPUS);
  }
}
