package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class RequestUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "//",
        "///a//b//",
        "/bucket/a%20b",
        "/bucket/a%2Bb",
        "/bucket/a+b",
        "/bucket/100%25",
        "/bucket/a%2Fb",
        "/bucket/%22%27%60",
        "/bucket/%F0%9F%8E%AC.mp4",
        "/bucket/~*()!$&'=@:;,",
        "/bucket/...",
        "/bucket/.hidden",
        "/bucket/a..b",
        "/bucket/trailing/",
        "/bucket/%5Bx%5D%7By%7D%7C%5C%5E"
      })
  void keepsThePathByteForByte(String path) {
    assertThat(RequestUrl.of(request(path).build()).encodedPath()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bucket/.",
        "/bucket/..",
        "/bucket/./video",
        "/bucket/a/../b",
        "/bucket/%2e/b",
        "/bucket/%2E%2e/b",
        "/../b",
        "/bucket/a b",
        "/bucket/a\"b",
        "/bucket/\u00e4",
        "/bucket/a\\b"
      })
  void refusesAPathThatWouldChange(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestUrl.of(request(path).build()))
        .withMessageContaining(path);
  }

  @ParameterizedTest
  @CsvSource({
    "uploads, '', uploads=",
    "partNumber, 7, partNumber=7",
    "prefix, a b+c&d=e/f, prefix=a%20b%2Bc%26d%3De%2Ff",
    "prefix, \"'<>#, prefix=%22%27%3C%3E%23",
    "prefix, \ud83c\udfac~*, prefix=%F0%9F%8E%AC~%2A",
  })
  void keepsTheQueryAsTheSdkEncodesIt(String name, String value, String encoded) {
    SdkHttpRequest request = request("/bucket").putRawQueryParameter(name, value).build();

    assertThat(RequestUrl.of(request).encodedQuery()).isEqualTo(encoded);
    assertThat(request.encodedQueryParameters()).hasValue(encoded);
  }

  @Test
  void hasNoQueryWhereTheRequestHasNone() {
    assertThat(RequestUrl.of(request("/bucket").build()))
        .hasToString("https://s3.example.com/bucket");
  }

  @Test
  void hasTheRootForAnEmptyPath() {
    assertThat(RequestUrl.of(request("").build()).encodedPath()).isEqualTo("/");
  }

  @Test
  void keepsAnUnusualPort() {
    SdkHttpRequest request = request("/bucket").port(9000).build();

    assertThat(RequestUrl.of(request)).hasToString("https://s3.example.com:9000/bucket");
  }

  private static SdkHttpRequest.Builder request(String path) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.PUT)
        .protocol("https")
        .host("s3.example.com")
        .encodedPath(path);
  }
}
