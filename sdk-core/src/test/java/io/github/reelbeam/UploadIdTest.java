package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UploadIdTest {
  static Stream<String> allowed() {
    return Stream.of("a", "A-z_09", "-", "x".repeat(64));
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void takesWhatCanBeAFileNameAndAHeaderValue(String value) {
    assertThat(new UploadId(value)).hasToString(value);
  }

  static Stream<String> refused() {
    return Stream.of("", " ", "x".repeat(65), "a.b", "a/b", "..", "a\n", "\u00e9", "a b", "a:b");
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusesEverythingElse(String value) {
    assertThatIllegalArgumentException().isThrownBy(() -> new UploadId(value));
  }

  @Test
  void randomIdsDiffer() {
    assertThat(Stream.generate(UploadId::random).limit(1000)).doesNotHaveDuplicates();
  }
}
