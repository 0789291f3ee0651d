package io.github.reelbeam.notify;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.reelbeam.NotificationException;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoAsset.Checksum;
import io.github.reelbeam.internal.http.CapturedLog;
import io.github.reelbeam.internal.http.Connectivity;
import io.github.reelbeam.internal.http.TestTiming;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpAssetNotifierTest {
  @RegisterExtension
  static final WireMockExtension BACKEND =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private static final VideoAsset ASSET =
      new VideoAsset(
          new UploadId("upload-1"),
          "videos",
          "in/1.mp4",
          "eu-central-1",
          42,
          "video/mp4",
          "abc-2",
          new Checksum("CRC32", "FULL_OBJECT", "AAAAAA=="),
          "holiday.mp4",
          Map.of("title", "Holiday"),
          true,
          "");

  private final TestTiming time = new TestTiming();

  private HttpAssetNotifier.Builder builder() {
    return builder(URI.create(BACKEND.baseUrl()));
  }

  private HttpAssetNotifier.Builder builder(URI base) {
    return HttpAssetNotifier.builder(base)
        .timing(time.timing())
        .retryPolicy(RetryPolicy.builder().maxAttempts(3).build());
  }

  private NotificationException refusal() {
    return catchThrowableOfType(NotificationException.class, () -> builder().build().notify(ASSET));
  }

  private static void answers(ResponseDefinitionBuilder answer) {
    BACKEND.stubFor(post(anyUrl()).willReturn(answer));
  }

  private static void requests(int count) {
    BACKEND.verify(exactly(count), postRequestedFor(anyUrl()));
  }

  @Test
  void tellsTheAssetAsTheContractSays() throws Exception {
    answers(aResponse().withStatus(201).withBody("{\"id\": 7}"));

    String answer = builder().authorization(() -> "Bearer abc").build().notify(ASSET);

    assertThat(answer).isEqualTo("{\"id\": 7}");
    BACKEND.verify(
        exactly(1),
        postRequestedFor(urlEqualTo("/api/v1/video"))
            .withHeader("Idempotency-Key", equalTo("upload-1"))
            .withHeader("Authorization", equalTo("Bearer abc"))
            .withHeader("Content-Type", equalTo("application/json"))
            .withRequestBody(
                equalToJson(
                    """
                    {"uploadId": "upload-1", "key": "in/1.mp4", "bucket": "videos",
                     "region": "eu-central-1", "size": 42, "contentType": "video/mp4",
                     "eTag": "abc-2", "checksum": {"algorithm": "CRC32", "type": "FULL_OBJECT",
                     "value": "AAAAAA=="}, "fileName": "holiday.mp4",
                     "metadata": {"title": "Holiday"}, "confirmed": true}
                    """)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"200 | {} | {}", "201 | [1] | [1]", "204 | `` | ``", "200 | `` | ``"})
  void givesTheAnswerAsText(int status, String body, String answer) throws Exception {
    answers(aResponse().withStatus(status).withBody(body));

    assertThat(builder().build().notify(ASSET)).isEqualTo(answer);
  }

  @Test
  void usesThePathThatIsConfigured() throws Exception {
    BACKEND.stubFor(post(urlEqualTo("/app/v")).willReturn(aResponse()));

    builder(URI.create(BACKEND.baseUrl() + "/app")).videoPath("v").build().notify(ASSET);

    requests(1);
  }

  @Test
  void repeatsUnderTheSameKeyUntilItIsTaken() throws Exception {
    BACKEND.stubFor(
        post(anyUrl())
            .inScenario("lost answer")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE))
            .willSetStateTo("taken"));
    BACKEND.stubFor(
        post(anyUrl())
            .inScenario("lost answer")
            .whenScenarioStateIs("taken")
            .willReturn(aResponse().withBody("{}")));

    assertThat(builder().build().notify(ASSET)).isEqualTo("{}");

    BACKEND.verify(
        exactly(2), postRequestedFor(anyUrl()).withHeader("Idempotency-Key", equalTo("upload-1")));
    assertThat(time.pauses()).containsExactly(Duration.ofMillis(250));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 503})
  void canBeResumedIfTheBackendIsBusyForTooLong(int status) {
    answers(
        aResponse()
            .withStatus(status)
            .withHeader("X-Request-Id", "req-1")
            .withBody("{\"code\": \"busy\"}"));

    NotificationException refusal = refusal();

    requests(3);
    assertThat(refusal.isResumable()).isTrue();
    assertThat(refusal.asset()).isEqualTo(ASSET);
    assertThat(refusal.uploadId()).contains(ASSET.uploadId());
    assertThat(refusal.stage()).isEqualTo(Stage.NOTIFY);
    assertThat(refusal.status()).hasValue(status);
    assertThat(refusal.code()).contains("busy");
    assertThat(refusal.requestId()).contains("req-1");
    assertThat(refusal).hasMessageContaining("is stored").hasMessageContaining("resume");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 409, 422, 302})
  void takesAnotherRefusalAsFinal(int status) {
    answers(aResponse().withStatus(status).withBody("{\"code\": \"no\", \"message\": \"No.\"}"));

    NotificationException refusal = refusal();

    requests(1);
    assertThat(refusal.isResumable()).isFalse();
    assertThat(refusal.status()).hasValue(status);
    assertThat(refusal.code()).contains("no");
  }

  @Test
  void passesOnThatTheObjectIsNotThere() {
    answers(aResponse().withStatus(404).withBody("{\"code\": \"asset_not_found\"}"));

    NotificationException refusal = refusal();

    assertThat(refusal.code()).contains("asset_not_found");
    assertThat(refusal.status()).hasValue(404);
    assertThat(refusal.isResumable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"OK", "<html>Sign in to the airport's network</html>"})
  void doesNotTakeThePageOfAProxyForTheBackendsWord(String body) {
    answers(aResponse().withStatus(200).withBody(body));

    NotificationException refusal = refusal();

    requests(1);
    assertThat(refusal.isResumable()).isTrue();
    assertThat(refusal).hasMessageContaining("not JSON").hasMessageNotContaining(body);
  }

  @ParameterizedTest
  @ValueSource(ints = {202, 205, 206})
  void refusesAnotherSuccess(int status) {
    answers(aResponse().withStatus(status));

    assertThat(refusal().status()).hasValue(status);
    requests(1);
  }

  @Test
  void refusesAHugeAnswer() {
    answers(aResponse().withBody("[" + " ".repeat(1 << 20) + "]"));

    assertThat(refusal()).hasMessageContaining("1 MiB");
  }

  @Test
  void asksForTheAuthorizationOnceMoreAfter401() {
    answers(aResponse().withStatus(401));

    assertThatExceptionOfType(NotificationException.class)
        .isThrownBy(() -> builder().authorization(() -> "Bearer abc").build().notify(ASSET))
        .satisfies(e -> assertThat(e.isResumable()).isTrue());
    requests(2);
  }

  @Test
  void tellsTheFailureOfABackendThatCannotBeReached() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    HttpAssetNotifier notifier = builder(URI.create("http://127.0.0.1:" + port)).build();

    assertThatExceptionOfType(NotificationException.class)
        .isThrownBy(() -> notifier.notify(ASSET))
        .withCauseInstanceOf(IOException.class)
        .satisfies(e -> assertThat(Connectivity.isUnreachable(e)).isTrue())
        .satisfies(e -> assertThat(e.isResumable()).isTrue())
        .satisfies(e -> assertThat(e.status()).isEmpty());
  }

  @Test
  void saysNoSecretAnywhere() throws Exception {
    answers(aResponse().withStatus(403).withBody("{\"message\": \"secret-1 is wrong\"}"));
    HttpAssetNotifier notifier =
        builder(URI.create(BACKEND.baseUrl().replace("://", "://u:secret-3@") + "?k=secret-4"))
            .authorization(() -> "Bearer secret-1")
            .header("X-Api-Key", "secret-2")
            .build();
    try (CapturedLog log = new CapturedLog("io.github.reelbeam.http")) {
      NotificationException refusal =
          catchThrowableOfType(NotificationException.class, () -> notifier.notify(ASSET));

      assertThat(log.text()).contains("/api/v1/video", "403").doesNotContain("secret-");
      assertThat(refusal.toString() + notifier).doesNotContain("secret-");
    }
  }

  @Test
  void refusesABaseThatIsNoHttpUrl() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpAssetNotifier.builder(URI.create("file:///tmp")));
  }

  @Test
  void refusesToSpeakInTheOpenToAnotherMachine() {
    URI base = URI.create("http://api.example.com/");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> HttpAssetNotifier.builder(base).build())
        .withMessageContaining("allowCleartext()");
    assertThat(HttpAssetNotifier.builder(base).allowCleartext().build()).isNotNull();
  }
}
