package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {
  @ParameterizedTest
  @CsvSource({
    "s3.example.com,         https://s3.example.com",
    "s3.example.com,         https://s3.example.com/",
    "s3.example.com,         https://S3.EXAMPLE.com:443/path",
    "S3.Example.Com,         https://s3.example.com",
    "s3.example.com,         http://s3.example.com",
    "s3.example.com,         http://s3.example.com:80",
    "s3.example.com:9000,    https://s3.example.com:9000",
    "s3.example.com:443,     https://s3.example.com",
    "s3.example.com:65535,   https://s3.example.com:65535",
    "*.example.com,          https://s3.example.com",
    "*.example.com,          https://a.b.example.com",
    "*.Example.com:9000,     https://s3.example.com:9000",
    "127.0.0.1:9000,         http://127.0.0.1:9000",
    "[::1]:9000,             http://[0:0:0:0:0:0:0:1]:9000",
    "m\u00fcnchen.example,    https://xn--mnchen-3ya.example",
    "localhost,              https://localhost"
  })
  void takesWhatItNames(String pattern, URI url) {
    assertThat(HostPattern.of(pattern).matches(url)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "s3.example.com,         https://s3.example.com:9000",
    "s3.example.com:9000,    https://s3.example.com",
    "s3.example.com:443,     http://s3.example.com",
    "s3.example.com,         https://s3.example.com.",
    "s3.example.com,         https://a.s3.example.com",
    "s3.example.com,         https://s3.example.com.evil.example",
    "s3.example.com,         https://s3.example.com@evil.example",
    "s3.example.com,         https://evil.example/s3.example.com",
    "s3.example.com,         https://evil.example#s3.example.com",
    "*.example.com,          https://example.com",
    "*.example.com,          https://evilexample.com",
    "*.example.com,          https://s3.example.com.evil.example",
    "*.example.com,          https://s3.example.com.",
    "*.example.com,          https://s3.example.com:9000",
    "example.com,            https://xn--exmple-cua.com"
  })
  void takesNothingElse(String pattern, URI url) {
    assertThat(HostPattern.of(pattern).matches(url)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*.",
        "*.com",
        "*.*.example.com",
        "s3.*.example.com",
        "*example.com",
        "%2a",
        "s3%2eexample.com",
        "*.1.2.3",
        "*.[::1]",
        "https://s3.example.com",
        "s3.example.com/path",
        "user@s3.example.com",
        "s3.example.com:",
        "s3.example.com:0",
        "s3.example.com:65536",
        "s3.example.com:x",
        "s3.example.com.",
        ".example.com",
        "s3 example.com",
        "::1"
      })
  void refusesWhatCouldBeMisunderstood(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HostPattern.of(pattern))
        .withMessageContaining("'" + pattern + "'");
  }
}
