package io.github.reelbeam.credentials;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.reelbeam.GrantException;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.CredentialsFetcher.Request;
import io.github.reelbeam.internal.http.TestTiming;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked of the backend, and which of its answers is a grant. */
class HttpCredentialsFetcherTest {
  @RegisterExtension
  static final WireMockExtension BACKEND =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private static final String GRANT =
      """
      {"credentials": {"AccessKeyId": "AK", "SecretAccessKey": "secret-1", "SessionToken": "token-1",
        "Expiration": "2026-11-22T11:00:00Z", "region": "eu-central-1", "bucket": "videos"},
       "key": "in/1.mp4"}
      """;

  private static final Request REQUEST =
      new Request("holiday.mp4", "video/mp4", 42, Map.of("title", "Holiday"));

  private final TestTiming time = new TestTiming();

  private HttpCredentialsFetcher.Builder builder() {
    return HttpCredentialsFetcher.builder(URI.create(BACKEND.baseUrl())).timing(time.timing());
  }

  private static void answers(String url, ResponseDefinitionBuilder answer) {
    BACKEND.stubFor(post(urlEqualTo(url)).willReturn(answer));
  }

  private static ResponseDefinitionBuilder grant(String json) {
    return aResponse().withStatus(201).withBody(json);
  }

  private GrantException refusal(String json) {
    answers("/api/v1/uploads", grant(json).withHeader("X-Request-Id", "req-1"));
    return refusal();
  }

  private GrantException refusal() {
    return catchThrowableOfType(GrantException.class, () -> builder().build().issue(REQUEST));
  }

  @Test
  void asksForAGrantAsTheContractSays() throws Exception {
    answers("/api/v1/uploads", grant(GRANT));

    builder().authorization(() -> "Bearer abc").header("X-Api-Key", "k").build().issue(REQUEST);

    BACKEND.verify(
        exactly(1),
        postRequestedFor(urlEqualTo("/api/v1/uploads"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withHeader("Accept", equalTo("application/json"))
            .withHeader("Authorization", equalTo("Bearer abc"))
            .withHeader("X-Api-Key", equalTo("k"))
            .withRequestBody(
                equalToJson(
                    """
                    {"fileName": "holiday.mp4", "contentType": "video/mp4", "size": 42,
                     "metadata": {"title": "Holiday"}}
                    """)));
  }

  @Test
  void sendsNoAuthorizationIfNoneIsSet() throws Exception {
    answers("/api/v1/uploads", grant(GRANT));

    builder().build().issue(REQUEST);

    BACKEND.verify(postRequestedFor(anyUrl()).withHeader("Authorization", absent()));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201})
  void takesThePlainPayload(int status) throws Exception {
    answers("/api/v1/uploads", aResponse().withStatus(status).withBody(GRANT));

    UploadGrant grant = builder().build().issue(REQUEST);

    assertThat(grant.credentials().accessKeyId()).isEqualTo("AK");
    assertThat(grant.credentials().secretAccessKey()).isEqualTo("secret-1");
    assertThat(grant.credentials().sessionToken()).isEqualTo("token-1");
    assertThat(grant.credentials().expiration()).isEqualTo("2026-11-22T11:00:00Z");
    assertThat(grant.bucket()).isEqualTo("videos");
    assertThat(grant.key()).isEqualTo("in/1.mp4");
    assertThat(grant.region()).isEqualTo("eu-central-1");
    assertThat(grant.endpoint()).isEmpty();
    assertThat(grant.pathStyleAccess()).isFalse();
    assertThat(grant.renewalToken()).isEmpty();
  }

  @Test
  void takesTheOptionalFields() throws Exception {
    answers(
        "/api/v1/uploads",
        grant(
            GRANT.replace(
                "\"key\":",
                "\"endpoint\":\"http://127.0.0.1:9000\",\"pathStyleAccess\":true,"
                    + "\"renewalToken\":\"r\",\"later\":1,\"key\":")));

    UploadGrant grant = builder().build().issue(REQUEST);

    assertThat(grant.endpoint()).contains(URI.create("http://127.0.0.1:9000"));
    assertThat(grant.pathStyleAccess()).isTrue();
    assertThat(grant.renewalToken()).contains("r");
  }

  @Test
  void renewsAsTheContractSays() throws Exception {
    answers("/api/v1/uploads/renewals", aResponse().withBody(GRANT));

    UploadGrant grant = builder().build().renew(new Renewal("videos", "in/1.mp4", "r"));

    assertThat(grant.key()).isEqualTo("in/1.mp4");
    BACKEND.verify(
        exactly(1),
        postRequestedFor(urlEqualTo("/api/v1/uploads/renewals"))
            .withRequestBody(equalToJson("{\"key\": \"in/1.mp4\", \"renewalToken\": \"r\"}")));
  }

  @ParameterizedTest
  @CsvSource({"videos,in/2.mp4,in/2.mp4", "other,in/1.mp4,other"})
  void refusesARenewalForAnotherObject(String bucket, String key, String named) {
    answers("/api/v1/uploads/renewals", aResponse().withBody(GRANT));

    assertThatExceptionOfType(GrantException.class)
        .isThrownBy(() -> builder().build().renew(new Renewal(bucket, key, null)))
        .withMessageContaining(named)
        .satisfies(e -> assertThat(e.isResumable()).isFalse());
    BACKEND.verify(exactly(1), postRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource({
    "'',           /api/v1/uploads",
    "/,            /api/v1/uploads",
    "/app/v2,      /app/v2/api/v1/uploads",
    "/app/v2/,     /app/v2/api/v1/uploads",
    "/app?tenant=7,/app/api/v1/uploads?tenant=7"
  })
  void addsThePathsToTheBase(String path, String url) throws Exception {
    answers(url, grant(GRANT));
    HttpCredentialsFetcher fetcher =
        HttpCredentialsFetcher.builder(URI.create(BACKEND.baseUrl() + path))
            .timing(time.timing())
            .build();

    assertThat(fetcher.issue(REQUEST).key()).isEqualTo("in/1.mp4");
  }

  @Test
  void usesThePathsThatAreConfigured() throws Exception {
    answers("/u", grant(GRANT));
    answers("/r", grant(GRANT));
    HttpCredentialsFetcher fetcher = builder().uploadsPath("/u").renewalsPath("r").build();

    assertThat(fetcher.issue(REQUEST)).isNotNull();
    assertThat(fetcher.renew(new Renewal("videos", "in/1.mp4", null))).isNotNull();
  }

  /** The local clock says 10:00 in all of these. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Sun, 22 Nov 2026 10:00:00 GMT | 2026-11-22T11:00:00Z | 3600",
        "Sun, 22 Nov 2026 04:00:00 GMT | 2026-11-22T05:00:00Z | 3600",
        "Mon, 23 Nov 2026 10:00:00 GMT | 2026-11-23T10:00:01Z | 1",
        "-                             | 2026-11-22T10:15:00Z | 900",
        "not a date                    | 2026-11-22T10:15:00Z | 900",
      })
  void judgesTheExpirationByTheServersClock(@Nullable String date, String expiration, long seconds)
      throws Exception {
    ResponseDefinitionBuilder answer = grant(GRANT.replace("2026-11-22T11:00:00Z", expiration));
    answers("/api/v1/uploads", date == null ? answer : answer.withHeader("Date", date));

    assertThat(builder().build().issue(REQUEST).validFor()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Sun, 22 Nov 2026 12:00:00 GMT | 2026-11-22T11:00:00Z | backend's clock",
        "Sun, 22 Nov 2026 11:00:00 GMT | 2026-11-22T11:00:00Z | backend's clock",
        "-                             | 2026-11-22T09:59:59Z | local clock",
      })
  void refusesCredentialsThatHaveExpired(@Nullable String date, String expiration, String clock) {
    ResponseDefinitionBuilder answer = grant(GRANT.replace("2026-11-22T11:00:00Z", expiration));
    answers("/api/v1/uploads", date == null ? answer : answer.withHeader("Date", date));

    assertThat(refusal()).hasMessageContaining("expired").hasMessageContaining(clock);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"SessionToken\" | \"x\"                            | credentials.SessionToken",
        "\"Expiration\"   | \"x\"                            | credentials.Expiration",
        "\"eu-central-1\" | \"\"                             | credentials.region",
        "\"videos\"       | \" \"                            | credentials.bucket",
        "\"videos\"       | \"a/b\"                          | credentials.bucket",
        "\"in/1.mp4\"     | \"\"                             | key",
        "\"in/1.mp4\"     | \"/in/1.mp4\"                    | key",
        "\"in/1.mp4\"     | \"in/../1.mp4\"                  | key",
        "\"in/1.mp4\"     | \"./1.mp4\"                      | key",
        "\"in/1.mp4\"     | \"in/..\"                        | key",
        "\"in/1.mp4\"     | \"in/\\ud83c.mp4\"               | key",
        "\"key\":         | \"endpoint\": \"ftp://h/\", \"key\":  | endpoint",
        "\"key\":         | \"endpoint\": \"h:9000\", \"key\":    | endpoint",
        "\"key\":         | \"endpoint\": \"https:///p\", \"key\": | endpoint",
        "\"key\":         | \"endpoint\": \"http://u:p@h\", \"key\": | endpoint",
        "\"key\":         | \"endpoint\": \"http://h/?a\", \"key\": | endpoint",
      })
  void namesTheFieldThatIsWrong(String part, String replacement, String field) {
    GrantException refusal = refusal(GRANT.replace(part, replacement));

    assertThat(refusal)
        .hasMessageContaining("field " + field + " ")
        .hasMessageNotContainingAny("secret-1", "token-1");
    assertThat(refusal.isResumable()).isFalse();
    assertThat(refusal.stage()).isEqualTo(Stage.GRANT);
    assertThat(refusal.status()).hasValue(201);
    assertThat(refusal.requestId()).contains("req-1");
    BACKEND.verify(exactly(1), postRequestedFor(anyUrl()));
  }

  @Test
  void refusesAKeyThatIsLongerThanS3Takes() throws Exception {
    // 512 times two bytes is as much as goes
    answers("/api/v1/uploads", grant(GRANT.replace("in/1.mp4", "ü".repeat(512))));
    assertThat(builder().build().issue(REQUEST).key()).hasSize(512);

    assertThat(refusal(GRANT.replace("in/1.mp4", "ü".repeat(512) + "x")))
        .hasMessageContaining("field key has 1025 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b/.c/d.", "a//b", "a b/ü", "%2e%2e/a"})
  void takesUnusualKeys(String key) throws Exception {
    answers("/api/v1/uploads", grant(GRANT.replace("in/1.mp4", key)));

    assertThat(builder().build().issue(REQUEST).key()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "OK", "<html>secret-1</html>", "[]", "{\"credentials\": 1}"})
  void refusesWhatIsNotAGrant(String body) {
    assertThat(refusal(body)).hasMessageNotContaining("secret-1").hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 204, 206})
  void refusesAnotherSuccess(int status) {
    answers("/api/v1/uploads", aResponse().withStatus(status).withBody(GRANT));

    assertThat(refusal().status()).hasValue(status);
  }

  @Test
  void refusesAHugeAnswer() {
    GrantException refusal = refusal(" ".repeat((1 << 20) + 1) + GRANT);

    assertThat(refusal).hasMessageContaining("1 MiB");
    assertThat(refusal.isResumable()).isFalse();
    BACKEND.verify(exactly(1), postRequestedFor(anyUrl()));
  }

  @Test
  void refusesAnAnswerThatIsHugeOnceUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write((" ".repeat(64 << 20) + GRANT).getBytes(UTF_8));
    }
    assertThat(packed.size()).isLessThan(1 << 20);
    answers(
        "/api/v1/uploads",
        aResponse()
            .withStatus(201)
            .withHeader("Content-Encoding", "gzip")
            .withBody(packed.toByteArray()));

    assertThat(refusal()).hasMessageContaining("1 MiB");
  }

  @Test
  void doesNotReadAHugeRefusal() {
    String words = "{\"code\": \"no\", \"message\": \"Not you.\"}";
    answers("/api/v1/uploads", aResponse().withStatus(403).withBody(words + " ".repeat(1 << 20)));

    GrantException refusal = refusal();

    assertThat(refusal.status()).hasValue(403);
    assertThat(refusal.code()).isEmpty();
  }

  @Test
  void namesTheBackendWithoutUserInfoAndQuery() {
    HttpCredentialsFetcher fetcher =
        HttpCredentialsFetcher.builder(URI.create("https://u:pass@api.example.com/app?key=s"))
            .authorization(() -> "Bearer abc")
            .header("X-Api-Key", "k-1")
            .build();

    assertThat(fetcher.backend()).isEqualTo("https://api.example.com/app/");
    assertThat(fetcher).hasToString("HttpCredentialsFetcher[https://api.example.com/app/]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api.example.com", "ftp://a.example", "https:///a"})
  void refusesABaseThatIsNoHttpUrl(URI base) {
    assertThatIllegalArgumentException().isThrownBy(() -> HttpCredentialsFetcher.builder(base));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://api.example.com/", "http://10.0.0.1", "HTTP://localhost.evil/"})
  void refusesToSpeakInTheOpenToAnotherMachine(URI base) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpCredentialsFetcher.builder(base).build())
        .withMessageContaining("https")
        .withMessageContaining("allowCleartext()");
  }

  @Test
  void speaksInTheOpenToAnotherMachineIfTheAppSaysSo() throws Exception {
    answers("/api/v1/uploads", grant(GRANT));
    URI named = URI.create("http://backend.invalid:" + BACKEND.getPort());
    OkHttpClient resolving =
        new OkHttpClient.Builder().dns(name -> List.of(InetAddress.getLoopbackAddress())).build();

    HttpCredentialsFetcher fetcher =
        HttpCredentialsFetcher.builder(named)
            .timing(time.timing())
            .httpClient(resolving)
            .allowCleartext()
            .build();

    assertThat(fetcher.issue(REQUEST).key()).isEqualTo("in/1.mp4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://api.example.com/", "http://127.0.0.1:1/", "http://[::1]:1/"})
  void needsNoLeaveForTlsAndForThisMachine(URI base) {
    assertThat(HttpCredentialsFetcher.builder(base).build()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, x",
    "content-length, 1",
    "Idempotency-Key, 1",
    "'a b', x",
    "'', x",
    "X-Key, 'a\r\nb: c'",
    "X-Key, ü"
  })
  void refusesHeadersThatCannotBeAdded(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().header(name, value))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("b: c"));
  }

  @Test
  void refusesANegativeSizeBeforeAnythingIsSent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().build().issue(new Request("a", "video/mp4", -1, Map.of())));
    BACKEND.verify(exactly(0), postRequestedFor(anyUrl()));
  }
}
