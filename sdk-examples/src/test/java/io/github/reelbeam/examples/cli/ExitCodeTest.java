package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0, 75, 75", "75, 0, 75", "75, 1, 1", "1, 0, 1", "0, 1, 1", "1, 75, 1"})
  void ofSeveralUploadsIsTheWorst(int one, int other, int worst) {
    assertThat(ExitCode.worse(one, other)).isEqualTo(worst);
  }
}
