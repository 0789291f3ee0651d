package io.github.reelbeam.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

  @Test
  void leavesAlineAsItIs() {
    assertThat(OneLine.of("Größe: 5 MiB, 🎬", 50)).isEqualTo("Größe: 5 MiB, 🎬");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nb", "a\u0000\u001b\u007fb", "a\u0085b", "a\u2028b", "a\u2029b", "a\u202eb"})
  void makesOneLineOfIt(String text) {
    assertThat(OneLine.of(text, 50)).isEqualTo("a b");
  }

  @Test
  void cutsWhatIsLonger() {
    assertThat(OneLine.of("12345", 5)).isEqualTo("12345");
    assertThat(OneLine.of("123456", 5)).isEqualTo("12345...");
    assertThat(OneLine.of("1".repeat(1 << 20), 5)).isEqualTo("11111...");
  }

  @Test
  void cutsNoCharacterInTwo() {
    assertThat(OneLine.of("1234🎬5", 5)).isEqualTo("1234...");
  }

  @Test
  void saysThatThereWasMoreWhereThatWasNothingToShow() {
    assertThat(OneLine.of("a" + "\n".repeat(100), 5)).isEqualTo("a...");
  }
}
