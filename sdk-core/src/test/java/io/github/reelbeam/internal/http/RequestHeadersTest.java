package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class RequestHeadersTest {
  @ParameterizedTest
  @CsvSource({
    "Host, s3.example.com:9000",
    "Authorization, AWS4-HMAC-SHA256 Credential=AKID/20261122",
    "x-amz-checksum-crc32, AAAAAA==",
    "Content-Type, 'video/mp4; codecs=\"avc1\"'",
    "User-Agent, aws-sdk-java/2",
    "Accept-Encoding, gzip",
    "x-amz-meta-title, Ferien \u00fcber \ud83c\udfac",
    "x-amz-meta-empty, ''",
    "x-amz-meta-tab, 'a\tb'",
  })
  void copiesAHeaderOnceAsItIs(String name, String value) {
    assertThat(headers(name, value).values(name)).containsExactly(value);
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length, 5",
    "content-length, 5",
    "Transfer-Encoding, chunked",
    "Expect, 100-continue",
    "EXPECT, 100-continue"
  })
  void leavesOutWhatTheBodyOrTheTransportDecides(String name, String value) {
    assertThat(headers(name, value).values(name)).isEmpty();
  }

  @Test
  void asksForAnUncompressedAnswer() {
    assertThat(headers("Host", "h").get("Accept-Encoding")).isEqualTo("identity");
  }

  @Test
  void keepsTheValuesOfARepeatedHeaderInOrder() {
    SdkHttpRequest request = request().putHeader("x-amz-meta-tag", List.of("one", "two")).build();

    assertThat(RequestHeaders.of(request).values("x-amz-meta-tag")).containsExactly("one", "two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nx-evil: 1", "a\nb", "a\0b", "a\u007fb", "a\u0085b"})
  void refusesAValueThatCouldBreakOutOfItsLineWithoutShowingIt(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> headers("x-amz-security-token", "SECRET" + value))
        .withMessageContaining("x-amz-security-token")
        .withMessageNotContaining("SECRET");
  }

  @Test
  void refusesANameThatCouldBreakOutOfItsLine() {
    assertThatIllegalArgumentException().isThrownBy(() -> headers("x: y\r\nz", "value"));
  }

  private static Headers headers(String name, String value) {
    return RequestHeaders.of(request().putHeader(name, value).build());
  }

  private static SdkHttpRequest.Builder request() {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.PUT)
        .uri(URI.create("https://s3.example.com/b/k"));
  }
}
