package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.ProxiedRequest.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of answers and of the order of requests, in front of a backend. */
class FaultProxyAnswersTest {
  private static final String GRANT = "/api/v1/uploads";
  private static final String HOLIDAY =
      "{\"fileName\":\"holiday.mp4\",\"contentType\":\"video/mp4\",\"size\":5,\"metadata\":{}}";
  private static final URI LOGIN = URI.create("http://127.0.0.1:9/login");
  private static final Duration LONG = Duration.ofMinutes(1);

  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final EmbeddedBackend backend = EmbeddedBackend.start(s3);
  private volatile Function<RequestHead, Fault> script = head -> Fault.pass();
  private final FaultProxy proxy = FaultProxy.start(backend.uri(), head -> script.apply(head));
  private final BackendClient client = new BackendClient(proxy.uri());

  @AfterEach
  void close() {
    proxy.close();
    backend.close();
    s3.close();
  }

  private HttpResponse<String> grant() {
    return client.post(GRANT, HOLIDAY);
  }

  /** All that comes back until the connection ends, head and body. */
  private String grantByHand(String... headers) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(Loopback.port(proxy.uri().getPort()));
      socket.setSoTimeout(20_000);
      String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
      String request =
          "POST %s HTTP/1.1\r\nHost: b\r\nConnection: close\r\nContent-Length: %s\r\n%s\r\n%s"
              .formatted(GRANT, HOLIDAY.length(), more, HOLIDAY);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
  }

  private void assertNothingReachedTheServer() {
    assertThat(backend.grants()).isEmpty();
  }

  @Test
  void tellsAClientThatItsTokenHasRunOutWithTheStatusOfOtherStores() {
    script = head -> Fault.expiredToken(403);
    assertThat(grant().statusCode()).isEqualTo(403);
    assertThat(grant().body()).contains("<Code>ExpiredToken</Code>");
  }

  @Test
  void tellsAClientThatItsClockIsOff() {
    script = head -> Fault.requestTimeTooSkewed(403, Instant.parse("2031-02-03T04:05:06.7Z"));
    HttpResponse<String> answer = grant();
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("<Code>RequestTimeTooSkewed</Code>");
    assertThat(answer.headers().firstValue("Date")).contains("Mon, 3 Feb 2031 04:05:06 GMT");
  }

  @Test
  void canKeepTheTimeToItself() {
    script = head -> Fault.requestTimeTooSkewed(400, null);
    assertThat(grant().statusCode()).isEqualTo(400);
    assertThat(grant().headers().firstValue("Date")).isEmpty();
  }

  @Test
  void answersAsTheBackendDoes() {
    script = head -> Fault.backendError(422, "too_long", "a film, not a video");
    HttpResponse<String> answer = grant();
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(BackendClient.json(answer).path("code").asText()).isEqualTo("too_long");
  }

  @Test
  void showsTheLoginPageOfANetwork() {
    script = head -> Fault.captivePortal(200, LOGIN);
    HttpResponse<String> answer = grant();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("text/html");
    assertThat(answer.body()).contains("<html>", LOGIN.toString());
    assertNothingReachedTheServer();
  }

  @Test
  void sendsAClientToTheLoginPage() {
    script = head -> Fault.captivePortal(302, LOGIN);
    HttpResponse<String> answer = grant();
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(answer.headers().firstValue("Location")).contains(LOGIN.toString());
  }

  @Test
  void saysThatTheNetworkWantsALogin() {
    script = head -> Fault.captivePortal(511, LOGIN);
    HttpResponse<String> answer = grant();
    assertThat(answer.statusCode()).isEqualTo(511);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  @Test
  void answersWithSomethingThatIsNoHttp() throws IOException {
    script = head -> Fault.garbage();
    assertThat(grantByHand()).contains("what is this?").doesNotContain("HTTP");
    assertThatThrownBy(this::grant).isInstanceOf(UncheckedIOException.class);
    assertThat(proxy.requests()).extracting(ProxiedRequest::status).containsOnly(0);
    assertNothingReachedTheServer();
  }

  @Test
  void endsWithinTheStatusLine() throws IOException {
    script = head -> Fault.cutHead();
    assertThat(grantByHand()).isEqualTo("HTTP/1.1 20");
  }

  @Test
  void promisesMoreThanItSends() throws IOException {
    script = head -> new Fault.TruncateResponse(10);
    String[] answer = grantByHand().split("\r\n\r\n", 2);
    assertThat(answer[0]).startsWith("HTTP/1.1 201").containsPattern("(?i)content-length: \\d{3,}");
    assertThat(answer[1]).hasSize(10);
    assertThat(backend.grants()).hasSize(1);
    assertThat(proxy.requests()).extracting(ProxiedRequest::outcome).containsOnly(Outcome.CUT);
    assertThatThrownBy(this::grant).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void letsTheAnswerDrip() throws IOException {
    script = head -> new Fault.SlowResponse(2000);
    long start = System.nanoTime();
    int length = grantByHand().length();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(length).isGreaterThan(400);
    assertThat(took).isBetween(Duration.ofMillis(length * 450L / 1000), Duration.ofSeconds(10));
  }

  @Test
  void sendsARequestTwiceAndGivesTheSecondAnswer() {
    script = head -> new Fault.Duplicate();
    HttpResponse<String> answer = grant();
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(backend.grants()).hasSize(2).doesNotHaveDuplicates();
    assertThat(BackendClient.json(answer).path("key").asText())
        .isEqualTo(backend.grants().get(1).key());
    assertThat(proxy.requests())
        .singleElement()
        .satisfies(r -> assertThat(r.bodyBytes()).isEqualTo(HOLIDAY.length()));
    assertThat(grant().statusCode()).isEqualTo(201);
  }

  @Test
  void sendsTwiceWhatWasAskedForFirst() throws IOException {
    script = head -> new Fault.Duplicate();
    assertThat(grantByHand("Expect: 100-continue"))
        .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201")
        .containsOnlyOnce("100 Continue");
    assertThat(backend.grants()).hasSize(2);
  }

  @Test
  void letsTheNextRequestOvertake() throws InterruptedException {
    CountDownLatch firstIsHere = holdTheFirst(new Fault.HoldRequest(LONG));
    CompletableFuture<Void> first = S3Clients.beside(this::grant);
    assertThat(firstIsHere.await(20, SECONDS)).isTrue();
    assertThat(grant().statusCode()).isEqualTo(201);
    await().until(first::isDone);
    assertThat(proxy.requests()).extracting(r -> r.head().attempt()).containsExactly(2, 1);
    assertThat(backend.grants()).hasSize(2);
  }

  @Test
  void letsTheNextAnswerOvertake() {
    holdTheFirst(new Fault.HoldAnswer(LONG));
    CompletableFuture<Void> first = S3Clients.beside(this::grant);
    await().until(() -> backend.grants().size() == 1);
    assertThat(first).isNotDone();
    assertThat(grant().statusCode()).isEqualTo(201);
    await().until(first::isDone);
    assertThat(proxy.requests()).extracting(r -> r.head().attempt()).containsExactly(2, 1);
  }

  private CountDownLatch holdTheFirst(Fault hold) {
    CountDownLatch firstIsHere = new CountDownLatch(1);
    script =
        head -> {
          firstIsHere.countDown();
          return head.attempt() == 1 ? hold : Fault.pass();
        };
    return firstIsHere;
  }

  @Test
  void holdsNothingForLongerThanItShould() {
    script = head -> new Fault.HoldAnswer(Duration.ofMillis(200));
    long start = System.nanoTime();
    assertThat(grant().statusCode()).isEqualTo(201);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
  }

  @Test
  void givesUpWhatItHoldsWhenItIsClosed() {
    script = head -> new Fault.HoldAnswer(LONG);
    CompletableFuture<Void> first = S3Clients.beside(this::grant);
    await().until(() -> backend.grants().size() == 1);
    proxy.close();
    await().until(first::isCompletedExceptionally);
  }
}
