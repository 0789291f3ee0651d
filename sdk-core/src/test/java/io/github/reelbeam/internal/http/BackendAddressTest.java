package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackendAddressTest {
  @ParameterizedTest
  @CsvSource({
    "https://api.example.com,            https://api.example.com/,        https://api.example.com/p",
    "https://api.example.com/,           https://api.example.com/,        https://api.example.com/p",
    "HTTPS://API.Example.com:443/,       https://api.example.com/,        https://api.example.com/p",
    "http://localhost:8080,              http://localhost:8080/,          http://localhost:8080/p",
    "http://localhost:80,                http://localhost/,               http://localhost/p",
    "http://[::1]:8080/app,              http://[::1]:8080/app/,          http://[::1]:8080/app/p",
    "https://a.example/app/v2/,          https://a.example/app/v2/,       https://a.example/app/v2/p",
    "https://a.example/a%20b,            https://a.example/a%20b/,        https://a.example/a%20b/p",
    "https://u:pass@a.example/app?k=s#f, https://a.example/app/,          https://a.example/app/p?k=s",
  })
  void addsPathsToTheBase(URI base, String root, String url) {
    BackendAddress address = BackendAddress.of(base);

    assertThat(address.root()).isEqualTo(root);
    assertThat(address.resolve("p")).isEqualTo(url);
    assertThat(address.show("p")).isEqualTo(root + "p");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.example.com",
        "/api",
        "ftp://a.example/",
        "file:///tmp",
        "https:///path",
        "mailto:a@b.example"
      })
  void refusesWhatIsNotAnHttpUrlWithAHost(URI base) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackendAddress.of(base))
        .withMessageContaining("the backend's base is an http or https URL with a host");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a.example:0/", "http://a.example:70000/"})
  void refusesAPortThatNothingCanBeSentTo(URI base) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BackendAddress.of(base))
        .withMessageContaining("the backend's base is not a URL to send to");
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example.com,  true",
    "http://127.0.0.1:8080,    true",
    "http://localhost/app,     true",
    "http://[::1]:8080,        true",
    "http://api.example.com,   false",
    "http://10.0.0.1,          false"
  })
  void knowsWhereNobodyCanReadAlong(URI base, boolean isPrivate) {
    assertThat(BackendAddress.of(base).isPrivate()).isEqualTo(isPrivate);
  }

  @ParameterizedTest
  @CsvSource({"api/v1/uploads,api/v1/uploads", "/api/v1/uploads,api/v1/uploads", "a%20b,a%20b"})
  void takesPlainPaths(String path, String relative) {
    assertThat(BackendAddress.path(path)).isEqualTo(relative);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "//host/x",
        "a?b",
        "a#b",
        "../a",
        "a/./b",
        "a/..",
        "%2e%2E/a",
        "a/.%2e",
        "http://h/a",
        "a b"
      })
  void refusesOtherPaths(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> BackendAddress.path(path));
  }
}
