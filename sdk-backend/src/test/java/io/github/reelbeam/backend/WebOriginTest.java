package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com, https://app.example.com",
    "HTTPS://App.Example.COM, https://app.example.com",
    "https://app.example.com:443, https://app.example.com",
    "http://app.example.com:80, http://app.example.com",
    "http://app.example.com:443, http://app.example.com:443",
    "http://localhost:3000, http://localhost:3000",
    "http://localhost:65535, http://localhost:65535",
    "http://[::1]:8080, http://[::1]:8080",
    "capacitor://localhost, capacitor://localhost",
    "*, *",
  })
  void isSpelledAsBrowsersSendIt(String given, String sent) {
    assertThat(WebOrigin.normalized(given)).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "app.example.com",
        "localhost:3000",
        "https://",
        "https:///",
        "https://app.example.com/",
        "https://app.example.com/upload",
        "https://app.example.com?x",
        "https://app.example.com#x",
        "https://ada@app.example.com",
        "https://app.example.com:0",
        "https://app.example.com:65536",
        "https://app.example.com:",
        "https://*.example.com",
        "https://bücher.example",
        "https://a b",
        "**",
      })
  void refusesWhatNoBrowserSends(String given) {
    assertThatThrownBy(() -> WebOrigin.normalized(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an origin: '" + given + "'");
  }
}
