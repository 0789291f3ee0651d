package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.255",
        "127.0.1.1",
        "localhost",
        "LocalHost",
        "[::1]",
        "::1",
        "[0:0:0:0:0:0:0:1]"
      })
  void knowsThisMachine(String host) {
    assertThat(HostName.isLoopback(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "128.0.0.1",
        "126.255.255.255",
        "0.0.0.0",
        "10.0.0.1",
        "127.0.0.1.evil.example",
        "127.0.0.256",
        "127.1",
        "127.0.0.0.1",
        "localhost.evil.example",
        "evil-localhost",
        "videos.localhost",
        "localhost.",
        "[::2]",
        "[::]",
        "[::ffff:10.0.0.1]",
        "[::1%25eth0]",
        "local host",
        ""
      })
  void takesNothingElseForIt(String host) {
    assertThat(HostName.isLoopback(host)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "S3.Example.COM,      s3.example.com",
    "m\u00fcnchen.example, xn--mnchen-3ya.example",
    "[0:0:0:0:0:0:0:1],   ::1"
  })
  void spellsAHostInOneWay(String host, String spelled) {
    assertThat(HostName.of(host)).contains(spelled);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "a@b", "a:9000", "a#b", "a?b", "a\\b", "a..b"})
  void hasNoSpellingForWhatIsNoHost(String host) {
    assertThat(HostName.of(host)).isEmpty();
  }

  /** OkHttp 5.5.1 runs past its own 16 bytes there. */
  @ParameterizedTest
  @ValueSource(strings = {"01:1:1:f:0:0:1::00:00::", "[01:1:1:f:0:0:1::00:00::]"})
  void tooManyGroupsWithTwoGapsAreNoAddress(String host) {
    assertThat(HostName.of(host)).isEmpty();
    assertThat(HostName.isLoopback(host)).isFalse();
  }

  @Test
  void aNameThatIsSpelledAnotherWayEachTimeIsNone() {
    assertThat(HostName.of("\u048e*!")).isEmpty();
  }
}
