package io.github.reelbeam.credentials;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.exactly;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.reelbeam.GrantException;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.credentials.CredentialsFetcher.Request;
import io.github.reelbeam.internal.http.BackendTiming;
import io.github.reelbeam.internal.http.CapturedLog;
import io.github.reelbeam.internal.http.Connectivity;
import io.github.reelbeam.internal.http.SilentServer;
import io.github.reelbeam.internal.http.TestTiming;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens if the backend does not give a grant at once. */
@Timeout(60)
class HttpCredentialsFetcherRetryTest {
  @RegisterExtension
  static final WireMockExtension BACKEND =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  private static final String GRANT =
      """
      {"credentials": {"AccessKeyId": "AK", "SecretAccessKey": "secret-1", "SessionToken": "token-1",
        "Expiration": "2026-11-22T11:00:00Z", "region": "eu-central-1", "bucket": "videos"},
       "key": "in/1.mp4", "renewalToken": "token-2"}
      """;

  private static final Request REQUEST = new Request("a.mp4", "video/mp4", 42, Map.of());

  private final TestTiming time = new TestTiming();

  private HttpCredentialsFetcher.Builder builder(URI base) {
    return HttpCredentialsFetcher.builder(base)
        .timing(time.timing())
        .retryPolicy(RetryPolicy.builder().maxAttempts(4).build());
  }

  private HttpCredentialsFetcher.Builder builder() {
    return builder(URI.create(BACKEND.baseUrl()));
  }

  private GrantException refusal() {
    return refusal(builder());
  }

  private static GrantException refusal(HttpCredentialsFetcher.Builder builder) {
    return catchThrowableOfType(GrantException.class, () -> builder.build().issue(REQUEST));
  }

  /** The answers in their order; the last one again and again. */
  private static void answers(ResponseDefinitionBuilder... answers) {
    String state = Scenario.STARTED;
    for (int i = 0; i < answers.length; i++) {
      String next = i == answers.length - 1 ? state : "after " + i;
      BACKEND.stubFor(
          post(anyUrl())
              .inScenario("answers")
              .whenScenarioStateIs(state)
              .willReturn(answers[i])
              .willSetStateTo(next));
      state = next;
    }
  }

  private static ResponseDefinitionBuilder status(int status) {
    return aResponse().withStatus(status);
  }

  private static ResponseDefinitionBuilder grant() {
    return aResponse().withStatus(201).withBody(GRANT);
  }

  private static void requests(int count) {
    BACKEND.verify(exactly(count), postRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void triesAgainWhatMaySucceedLater(int status) throws Exception {
    answers(status(status), status(status), grant());

    assertThat(builder().build().issue(REQUEST).key()).isEqualTo("in/1.mp4");

    requests(3);
    // half of 500 ms, half of 1 s: full jitter with a chance that always says 0.5
    assertThat(time.pauses()).containsExactly(Duration.ofMillis(250), Duration.ofMillis(500));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 503})
  void givesUpAfterTheLastAttemptAndCanBeResumed(int status) {
    answers(
        status(status)
            .withHeader("x-amzn-RequestId", "req-7")
            .withBody("{\"code\": \"busy\", \"message\": \"Come back.\"}"));

    GrantException refusal = refusal();

    requests(4);
    assertThat(time.pauses()).hasSize(3);
    assertThat(refusal.isResumable()).isTrue();
    assertThat(refusal.status()).hasValue(status);
    assertThat(refusal.code()).contains("busy");
    assertThat(refusal.requestId()).contains("req-7");
    assertThat(refusal)
        .hasMessageContaining("Come back.")
        .hasMessageContaining("4 attempts")
        .hasMessageContaining("resume");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 402, 403, 404, 405, 409, 410, 413, 415, 422, 451})
  void takesAnotherRefusalAsFinal(int status) {
    answers(
        status(status)
            .withHeader("x-amz-request-id", "req-8")
            .withBody("{\"code\": \"no\", \"message\": \"Not you.\"}"),
        grant());

    GrantException refusal = refusal();

    requests(1);
    assertThat(refusal.isResumable()).isFalse();
    assertThat(refusal.status()).hasValue(status);
    assertThat(refusal.code()).contains("no");
    assertThat(refusal.requestId()).contains("req-8");
    assertThat(refusal).hasMessageContaining("Not you.").hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void doesNotFollowARedirect(int status) {
    answers(
        status(status).withHeader("Location", BACKEND.baseUrl() + "/login?ticket=secret-9"),
        grant());

    GrantException refusal = refusal(builder().authorization(() -> "Bearer abc"));

    requests(1);
    assertThat(refusal.status()).hasValue(status);
    assertThat(refusal)
        .hasMessageContaining("redirect")
        .hasMessageContaining("localhost")
        .hasMessageNotContaining("secret-9");
  }

  @ParameterizedTest
  @CsvSource({
    "0,    250",
    "7,    7000",
    "300,  300000",
    "'Sun, 22 Nov 2026 08:00:20 GMT', 20000",
    "'Sun, 22 Nov 2026 07:00:00 GMT', 250",
    "soon, 250"
  })
  void waitsAsLongAsTheBackendAsks(String header, long millis) throws Exception {
    // the backend's clock is two hours behind
    answers(
        status(503)
            .withHeader("Retry-After", header)
            .withHeader("Date", "Sun, 22 Nov 2026 08:00:00 GMT"),
        grant());

    assertThat(builder().build().issue(REQUEST)).isNotNull();

    requests(2);
    assertThat(time.pauses()).containsExactly(Duration.ofMillis(millis));
  }

  @Test
  void doesNotTryEarlierThanAskedIfThatIsTooLongToWait() {
    answers(status(429).withHeader("Retry-After", "301"), grant());

    GrantException refusal = refusal();

    requests(1);
    assertThat(time.pauses()).isEmpty();
    assertThat(refusal.isResumable()).isTrue();
    assertThat(refusal).hasMessageContaining("in 301 seconds");
  }

  @Test
  void makesEachAttemptItselfEvenIfTheBackendAsksForNoDelay() {
    answers(status(503).withHeader("Retry-After", "0"));

    assertThat(refusal().status()).hasValue(503);
    requests(4);
  }

  @Test
  void asksForTheAuthorizationAnewAtEachAttempt() throws Exception {
    answers(status(500), status(500), grant());
    AtomicInteger asked = new AtomicInteger();

    builder().authorization(() -> "Bearer " + asked.incrementAndGet()).build().issue(REQUEST);

    assertThat(authorizations()).containsExactly("Bearer 1", "Bearer 2", "Bearer 3");
  }

  @Test
  void asksForTheAuthorizationOnceMoreAfter401() throws Exception {
    answers(status(401), grant());
    AtomicInteger asked = new AtomicInteger();

    builder().authorization(() -> "Bearer " + asked.incrementAndGet()).build().issue(REQUEST);

    assertThat(authorizations()).containsExactly("Bearer 1", "Bearer 2");
    assertThat(time.pauses()).isEmpty();
  }

  @Test
  void takesTheSecond401AsFinal() {
    answers(status(401).withBody("{\"code\": \"expired\"}"));

    GrantException refusal = refusal(builder().authorization(() -> "Bearer abc"));

    requests(2);
    assertThat(refusal.status()).hasValue(401);
    assertThat(refusal.code()).contains("expired");
    assertThat(refusal.isResumable()).isTrue();
  }

  @Test
  void takesA401AfterOtherFailuresAsFinalOnceItHasAskedAgain() {
    answers(status(503), status(401), status(503), status(401), grant());

    assertThat(refusal(builder().authorization(() -> "Bearer abc")).status()).hasValue(401);
    requests(4);
    assertThat(time.pauses()).hasSize(2);
  }

  @Test
  void takesThe401AsFinalIfThereIsNobodyToAsk() {
    answers(status(401), grant());

    assertThat(refusal().status()).hasValue(401);
    requests(1);
  }

  @Test
  void takesAnAuthorizationThatCannotBeFetchedForABrokenConnection() throws Exception {
    answers(grant());
    AtomicInteger asked = new AtomicInteger();

    builder()
        .authorization(
            () -> {
              if (asked.incrementAndGet() < 3) {
                throw new UncheckedIOException(new IOException("no token server"));
              }
              return "Bearer abc";
            })
        .build()
        .issue(REQUEST);

    requests(1);
    assertThat(time.pauses()).hasSize(2);
  }

  @Test
  void endsIfTheAuthorizationSupplierThrows() {
    IllegalStateException thrown = new IllegalStateException("signed out");

    GrantException refusal =
        refusal(
            builder()
                .authorization(
                    () -> {
                      throw thrown;
                    }));

    assertThat(refusal).hasCause(thrown);
    assertThat(refusal.isResumable()).isTrue();
    requests(0);
  }

  @Test
  void refusesAnAuthorizationThatNoHeaderCanHoldWithoutShowingIt() {
    GrantException refusal = refusal(builder().authorization(() -> "Bearer secret-5\nX: y"));

    assertThat(stackTrace(refusal)).doesNotContain("secret-5");
    requests(0);
  }

  @Test
  void takesANewlineAtTheEndOfATokenFile() throws Exception {
    answers(grant());

    builder().authorization(() -> "Bearer abc\n").build().issue(REQUEST);

    assertThat(authorizations()).containsExactly("Bearer abc");
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void triesAgainIfTheConnectionBreaks(Fault fault) throws Exception {
    answers(aResponse().withFault(fault), aResponse().withFault(fault), grant());

    assertThat(builder().build().issue(REQUEST).key()).isEqualTo("in/1.mp4");
    requests(3);
  }

  @Test
  void keepsTheFailureOfABrokenConnectionAsTheCause() {
    answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    GrantException refusal = refusal();

    requests(4);
    assertThat(refusal).hasCauseInstanceOf(IOException.class);
    assertThat(refusal.isResumable()).isTrue();
    assertThat(refusal.status()).isEmpty();
    assertThat(Connectivity.isUnreachable(refusal)).isFalse();
  }

  @Test
  void triesAgainIfTheAnswerEndsInTheMiddle() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      CompletableFuture<GrantException> refusal =
          CompletableFuture.supplyAsync(
              () -> refusal(builder(URI.create("http://127.0.0.1:" + server.getLocalPort()))));
      for (int attempt = 0; attempt < 4; attempt++) {
        try (Socket connection = server.accept()) {
          assertThat(connection.getInputStream().read()).isPositive();
          connection
              .getOutputStream()
              .write(
                  "HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{\"cre".getBytes(US_ASCII));
        }
      }
      assertThat(refusal.get()).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsTheFailureOfABackendThatCannotBeReached() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }

    GrantException refusal = refusal(builder(URI.create("http://127.0.0.1:" + port)));

    assertThat(time.pauses()).hasSize(3);
    assertThat(refusal).hasCauseInstanceOf(IOException.class).hasMessageContaining("reached");
    assertThat(Connectivity.isUnreachable(refusal)).isTrue();
    assertThat(refusal.isResumable()).isTrue();
  }

  @Test
  void endsAtOnceIfInterruptedWhileItWaitsForTheAnswer() throws Exception {
    try (SilentServer server = new SilentServer()) {
      CompletableFuture<Throwable> ended = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  builder(server.url()).build().issue(REQUEST);
                } catch (InterruptedException | RuntimeException e) {
                  ended.complete(e);
                }
              });
      caller.start();
      try (Socket connection = server.awaitRequest()) {
        caller.interrupt();

        assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        // the call is cancelled: the connection comes to its end
        assertThat(connection.getInputStream().readAllBytes()).isNotEmpty();
      }
    }
  }

  @Test
  void endsIfInterruptedBetweenTwoAttempts() {
    answers(status(503));
    HttpCredentialsFetcher fetcher =
        builder()
            .timing(
                new BackendTiming(
                    Clock.systemUTC(),
                    delay -> {
                      throw new InterruptedException();
                    },
                    () -> 0.5))
            .build();

    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> fetcher.issue(REQUEST));
    requests(1);
  }

  @Test
  void sendsNothingOnAThreadThatIsInterrupted() {
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> builder().build().issue(REQUEST));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    requests(0);
  }

  @Test
  void doesNotQueueBehindTheRequestsOfTheAppsClient() throws Exception {
    answers(grant());
    OkHttpClient client = new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();
    client.dispatcher().setMaxRequests(1);
    try (SilentServer server = new SilentServer()) {
      client
          .newCall(new okhttp3.Request.Builder().url(server.url().toString()).build())
          .enqueue(new Ignored());
      try (Socket connection = server.awaitRequest()) {
        assertThat(builder().httpClient(client).build().issue(REQUEST)).isNotNull();
        assertThat(connection.isConnected()).isTrue();
      }
    } finally {
      client.dispatcher().cancelAll();
      client.dispatcher().executorService().shutdown();
    }
  }

  @Test
  void saysNoSecretAnywhere() throws Exception {
    List<Throwable> failures = new ArrayList<>();
    HttpCredentialsFetcher.Builder builder =
        builder(URI.create(BACKEND.baseUrl() + "/?key=secret-3"))
            .authorization(() -> "Bearer secret-4")
            .header("X-Api-Key", "secret-5");
    String said;
    try (CapturedLog log = new CapturedLog("io.github.reelbeam.http")) {
      answers(status(401), status(503).withBody(GRANT), grant());
      UploadGrant grant = builder.build().issue(REQUEST);
      assertThat(grant.credentials().secretAccessKey()).isEqualTo("secret-1");

      BACKEND.resetAll();
      answers(status(403).withBody("{\"code\":\"no\",\"message\":\"bad token secret-4\"}"));
      failures.add(refusal(builder));
      BACKEND.resetAll();
      answers(
          status(307)
              .withHeader("Location", "https://secret-4.example.com/")
              .withHeader("X-Request-Id", "secret-4"));
      failures.add(refusal(builder));
      BACKEND.resetAll();
      answers(status(500).withBody(GRANT));
      failures.add(refusal(builder));
      BACKEND.resetAll();
      answers(aResponse().withBody(GRANT.replace("SecretAccessKey", "x")));
      failures.add(refusal(builder));
      BACKEND.resetAll();
      answers(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));
      failures.add(refusal(builder));
      said = log.text() + grant + builder.build();
    }

    assertThat(said).contains("POST ", "attempt 2 of 4", "/api/v1/uploads");
    for (Throwable failure : failures) {
      said += stackTrace(failure);
    }
    assertThat(said).contains("(redacted)").doesNotContain("secret-", "token-1", "token-2");
  }

  private static List<String> authorizations() {
    return BACKEND.findAll(postRequestedFor(anyUrl())).stream()
        .map(LoggedRequest::getHeaders)
        .map(headers -> headers.getHeader("Authorization").firstValue())
        .toList();
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static final class Ignored implements okhttp3.Callback {
    @Override
    public void onFailure(okhttp3.Call call, IOException failure) {}

    @Override
    public void onResponse(okhttp3.Call call, okhttp3.Response response) {
      response.close();
    }
  }
}
