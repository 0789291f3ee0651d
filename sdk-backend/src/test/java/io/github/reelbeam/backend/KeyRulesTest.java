package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "uploads/1.mp4",
        "uploads/a b+c=d&e,f;g:h@i!j'k(l)~m#n%o",
        "uploads/\"quoted\"",
        "uploads/ü/видео/動画.mp4",
        "uploads/🎬.mp4",
        "uploads/u\u0308.mp4",
        "folder/",
        "...",
        "a../b",
        "..a/b",
        ".hidden",
      })
  void letsOrdinaryKeysPass(String key) {
    assertThat(KeyRules.checked(key)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "uploads/*",
        "a?b",
        "a$b",
        "${aws:username}/1.mp4",
        "\uFF0A", // full-width asterisk
        "a\uFF1Fb", // full-width question mark
        "\uFF04{aws:username}", // full-width dollar sign
        "\uFE61", // small asterisk
        "\uFE56", // small question mark
        "\uFE69", // small dollar sign
        "a\u2047b", // two question marks in one character
      })
  void refusesWhatAPolicyWouldReadAsAWildcardOrAVariable(String key) {
    assertRefused(key, "a meaning of their own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\0b",
        "a\tb",
        "a\r\nb",
        "a\u007Fb",
        "a\u0085b", // next line
        "a\u00ADb", // soft hyphen
        "a\u200Bb", // zero width space
        "a\u200Db", // zero width joiner
        "a\u202Eb", // right-to-left override
        "a\u2028b", // line separator
        "a\u2029b", // paragraph separator
        "a\u2066b", // left-to-right isolate
        "\uFEFFa", // byte order mark
        "a\uFFFDb", // replacement character
        "a\uFFFFb", // no character
        "a\uD83Db", // one half of a pair
        "a\uDE00\uD83Db", // a pair the wrong way round
        "a\uDB40\uDC41b", // an invisible tag
      })
  void refusesWhatCannotBeSeen(String key) {
    assertRefused(key, "cannot be seen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".",
        "..",
        "./a",
        "../a",
        "a/.",
        "a/..",
        "a/./b",
        "a/../b",
        "a//b",
        "/a",
        "//",
        "a\\b",
        "a\\..\\b",
        "a/%2e%2E/b",
        "a/.%2e/b",
        "a/\uFF0E\uFF0E/b", // full-width full stops
        "a/\u2025/b", // two dots in one character
        "a/\u2024/b", // a dot as a leader
        "a\uFF0F..\uFF0Fb", // full-width slashes
        "a\uFF3Cb", // full-width backslash
      })
  void refusesPathsThatLeadElsewhere(String key) {
    assertRefused(key, "path segment");
  }

  @Test
  void refusesTheEmptyKey() {
    assertRefused("", "empty");
  }

  @Test
  void countsBytesAndNotCharacters() {
    assertThat(KeyRules.checked("x".repeat(1024))).hasSize(1024);
    assertThat(KeyRules.checked("ü".repeat(512))).hasSize(512);
    assertRefused("x".repeat(1025), "1,024 bytes");
    assertRefused("ü".repeat(513), "1,024 bytes");
    assertRefused("🎬".repeat(257), "1,024 bytes");
  }

  private static void assertRefused(String key, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyRules.checked(key))
        .withMessageContaining(why);
  }
}
