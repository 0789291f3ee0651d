package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class StoreAnswerTest {

  @ParameterizedTest(name = "{0}: {1}, {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT    | 200 | ETag           | \"abc\"",
        "PUT    | 500 | Content-Type   | text/html",
        "PUT    | 403 | Content-Type   | text/html",
        "GET    | 400 | Content-Type   | text/html",
        "POST   | 200 | Content-Length | 300",
        "GET    | 200 | Content-Length | 300",
        "PUT    | 301 | Content-Type   | application/xml",
        "POST   | 200 | Content-Type   | application/xml",
        "POST   | 200 |                |",
        "GET    | 200 | Content-Type   | application/xml",
        "DELETE | 204 |                |",
        "DELETE | 204 | Content-Length | 0",
        "DELETE | 404 | Content-Length | 300",
      })
  void canBeTheStores(String method, int status, @Nullable String header, @Nullable String value) {
    assertThat(StoreAnswer.problem(request(method), answer(status, header, value))).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}, {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PUT    | 200 |                |                          | has no ETag",
        "PUT    | 204 | ETag           | ''                       | has no ETag",
        "PUT    | 200 | Content-Type   | text/html                | 200 and a web page",
        "POST   | 200 | Content-Type   | Text/HTML; charset=utf-8 | 200 and a web page",
        "GET    | 302 | Content-Type   | text/html                | 302 and a web page",
        "DELETE | 200 | Content-Length | 12                       | has a body",
      })
  void cannotBeTheStores(
      String method, int status, @Nullable String header, @Nullable String value, String why) {
    assertThat(StoreAnswer.problem(request(method), answer(status, header, value)))
        .hasValueSatisfying(problem -> assertThat(problem).contains(why));
  }

  private static SdkHttpRequest request(String method) {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.fromValue(method))
        .protocol("https")
        .host("store.example.com")
        .build();
  }

  private static SdkHttpFullResponse answer(
      int status, @Nullable String header, @Nullable String value) {
    SdkHttpFullResponse.Builder answer = SdkHttpFullResponse.builder().statusCode(status);
    return header == null || value == null
        ? answer.build()
        : answer.putHeader(header, value).build();
  }
}
