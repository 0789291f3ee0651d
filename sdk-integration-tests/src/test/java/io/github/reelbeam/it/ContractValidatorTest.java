package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What departs from the contract is reported: without this, the contract's tests prove nothing. */
class ContractValidatorTest {
  private static final Map<String, List<String>> REQUEST_HEADERS =
      Map.of(
          "authorization", List.of("Bearer token"),
          "content-type", List.of("application/json"),
          "idempotency-key", List.of("u-1"));
  private static final Map<String, List<String>> ANSWER_HEADERS =
      Map.of(
          "content-type", List.of("application/json"),
          "cache-control", List.of("no-store"));

  private static final Exchange GRANT =
      new Exchange(
          "POST",
          "/api/v1/uploads",
          REQUEST_HEADERS,
          """
          {"fileName":"a.mp4","contentType":"video/mp4","size":5,"metadata":{"title":"A"}}""",
          201,
          ANSWER_HEADERS,
          """
          {"credentials":{"AccessKeyId":"A","SecretAccessKey":"B","SessionToken":"C",\
          "Expiration":"2026-01-31T12:00:00Z","region":"eu-central-1","bucket":"videos"},\
          "key":"incoming/a.mp4","endpoint":"https://store.example.com","pathStyleAccess":true,\
          "renewalToken":"t"}""");

  private static final Exchange NOTIFICATION =
      new Exchange(
          "POST",
          "/api/v1/video",
          REQUEST_HEADERS,
          """
          {"uploadId":"u-1","key":"incoming/a.mp4","bucket":"videos","region":"eu-central-1",\
          "size":5,"contentType":"video/mp4","eTag":"","fileName":"a.mp4","metadata":{},\
          "confirmed":false}""",
          200,
          ANSWER_HEADERS,
          "[]");

  private final ContractValidator contract = new ContractValidator();

  @Test
  void whatKeepsToTheContractIsNoProblem() {
    assertThat(contract.problems(GRANT)).isEmpty();
    assertThat(contract.problems(NOTIFICATION)).isEmpty();
    assertThat(contract.problems(answered(NOTIFICATION, 204, ""))).isEmpty();
    assertThat(contract.problems(refused(GRANT, 422, "quota_exceeded"))).isEmpty();
    assertThat(contract.problems(refused(NOTIFICATION, 409, "asset_mismatch"))).isEmpty();
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        request("a missing field", GRANT, body -> body.replace("\"size\":5,", "")),
        request("a number as a text", GRANT, body -> body.replace(":5", ":\"5\"")),
        request("a fraction of a byte", GRANT, body -> body.replace(":5", ":5.5")),
        request("a negative size", GRANT, body -> body.replace(":5", ":-5")),
        request("no media type", GRANT, body -> body.replace("video/mp4", "video")),
        request("metadata that is no text", GRANT, body -> body.replace("\"A\"", "1")),
        request("an undocumented field", GRANT, body -> body.replace("{\"f", "{\"new\":1,\"f")),
        request("a null", GRANT, body -> body.replace("\"a.mp4\"", "null")),
        request("no JSON", GRANT, body -> "hello"),
        request("no body", GRANT, body -> ""),
        request("another kind of flag", NOTIFICATION, body -> body.replace("false", "\"no\"")),
        request("an upload id that is no name", NOTIFICATION, b -> b.replace("u-1", "u 1")),
        request("a quoted ETag", NOTIFICATION, b -> b.replace("Tag\":\"", "Tag\":\"\\\"")),
        Arguments.of("no idempotency key", withoutHeader(NOTIFICATION, "idempotency-key")),
        Arguments.of("no authorization", withoutHeader(GRANT, "authorization")),
        Arguments.of("no content type", withoutHeader(GRANT, "content-type")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void aRequestThatDepartsFromTheContractIsReported(String what, Exchange exchange) {
    assertThat(contract.requestProblems(exchange)).isNotEmpty();
    assertThat(contract.responseProblems(exchange)).isEmpty();
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        answer("a missing field", GRANT, body -> body.replace("\"bucket\"", "\"buckets\"")),
        answer("a wrong type", GRANT, body -> body.replace("true", "\"true\"")),
        answer("a time with fractions", GRANT, body -> body.replace("00Z", "00.5Z")),
        answer("a time with an offset", GRANT, body -> body.replace("00Z", "00+01:00")),
        answer("an empty secret", GRANT, body -> body.replace("\"B\"", "\"\"")),
        answer("a key with a dot segment", GRANT, b -> b.replace("incoming/a", "incoming/../a")),
        answer("a key that begins with a slash", GRANT, b -> b.replace("\"inc", "\"/inc")),
        answer("a bucket with a slash", GRANT, b -> b.replace("\"videos\"", "\"videos/a\"")),
        answer("an endpoint with a query", GRANT, b -> b.replace("example.com", "e.com?a=b")),
        answer("an undocumented field", GRANT, body -> body.replace("{\"c", "{\"new\":1,\"c")),
        Arguments.of("another success", answered(GRANT, 202, GRANT.responseBody())),
        Arguments.of("a redirect", answered(GRANT, 302, "")),
        Arguments.of("no body", answered(GRANT, 201, "")),
        Arguments.of("no JSON", answered(NOTIFICATION, 200, "<html>")),
        Arguments.of("a body where there is none", answered(NOTIFICATION, 204, "{}")),
        Arguments.of("an error without a message", answered(GRANT, 400, "{\"code\":\"a\"}")),
        Arguments.of("another status's code", refused(GRANT, 400, "unauthorized")),
        Arguments.of("another endpoint's code", refused(GRANT, 403, "renewal_refused")),
        Arguments.of("a code of its own where one is given", refused(GRANT, 500, "oops")),
        Arguments.of("a code that is no name", refused(GRANT, 422, "Quota exceeded")),
        Arguments.of("an unknown status", refused(GRANT, 502, "bad_gateway")),
        Arguments.of("a grant that may be cached", withoutAnswerHeader(GRANT, "cache-control")),
        Arguments.of("no content type", withoutAnswerHeader(GRANT, "content-type")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void anAnswerThatDepartsFromTheContractIsReported(String what, Exchange exchange) {
    assertThat(contract.responseProblems(exchange)).isNotEmpty();
    assertThat(contract.requestProblems(exchange)).isEmpty();
  }

  @Test
  void aPathThatIsNotInTheContractIsReported() {
    Exchange other =
        new Exchange("POST", "/api/v1/videos", REQUEST_HEADERS, "{}", 200, ANSWER_HEADERS, "{}");
    assertThat(contract.problems(other)).isNotEmpty();
  }

  @Test
  void aReportDoesNotShowTheSecretsOfAGrant() {
    Exchange wrong =
        answered(GRANT, 201, GRANT.responseBody().replace("\"B\"", "\"hush\"").replace("key", "k"));
    assertThat(contract.problems(wrong)).isNotEmpty().noneMatch(text -> text.contains("hush"));
  }

  private static Arguments request(String what, Exchange of, UnaryOperator<String> change) {
    String body = change.apply(of.requestBody());
    assertThat(body).as(what).isNotEqualTo(of.requestBody());
    return Arguments.of(
        what,
        new Exchange(
            of.method(),
            of.path(),
            of.requestHeaders(),
            body,
            of.status(),
            of.responseHeaders(),
            of.responseBody()));
  }

  private static Arguments answer(String what, Exchange of, UnaryOperator<String> change) {
    String body = change.apply(of.responseBody());
    assertThat(body).as(what).isNotEqualTo(of.responseBody());
    return Arguments.of(what, answered(of, of.status(), body));
  }

  private static Exchange refused(Exchange of, int status, String code) {
    return answered(of, status, "{\"code\":\"" + code + "\",\"message\":\"no\"}");
  }

  private static Exchange answered(Exchange of, int status, String body) {
    return new Exchange(
        of.method(),
        of.path(),
        of.requestHeaders(),
        of.requestBody(),
        status,
        of.responseHeaders(),
        body);
  }

  private static Exchange withoutHeader(Exchange of, String name) {
    return new Exchange(
        of.method(),
        of.path(),
        without(of.requestHeaders(), name),
        of.requestBody(),
        of.status(),
        of.responseHeaders(),
        of.responseBody());
  }

  private static Exchange withoutAnswerHeader(Exchange of, String name) {
    return new Exchange(
        of.method(),
        of.path(),
        of.requestHeaders(),
        of.requestBody(),
        of.status(),
        without(of.responseHeaders(), name),
        of.responseBody());
  }

  private static Map<String, List<String>> without(Map<String, List<String>> headers, String name) {
    assertThat(headers).containsKey(name);
    Map<String, List<String>> others = new java.util.TreeMap<>(headers);
    others.remove(name);
    return others;
  }
}
