package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.ProxiedRequest.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

class FaultProxyTest {
  private static final String KEY = "incoming/1.mp4";
  private static final int MIB = 1 << 20;

  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private volatile Function<RequestHead, Fault> script = head -> Fault.pass();
  private final FaultProxy proxy = FaultProxy.start(s3.endpoint(), head -> script.apply(head));
  private final S3Client client =
      S3Clients.builder(proxy.uri(), s3.issue(KEY, Duration.ofHours(1)))
          // Plain bodies, so that the bytes on the wire are the bytes of the file.
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .serviceConfiguration(c -> c.chunkedEncodingEnabled(false))
          .httpClientBuilder(Apache5HttpClient.builder())
          .build();

  @AfterEach
  void close() {
    client.close();
    proxy.close();
    s3.close();
  }

  private void put(int bytes) {
    client.putObject(
        b -> b.bucket(s3.bucket()).key(KEY), RequestBody.fromBytes(S3Clients.randomBytes(bytes)));
  }

  private ProxiedRequest onlyRequest() {
    await().until(() -> proxy.requests().size() == 1);
    return proxy.requests().get(0);
  }

  private S3Exception refusal(int bytes) {
    return catchThrowableOfType(S3Exception.class, () -> put(bytes));
  }

  @Test
  void letsSignedRequestsThroughAndCountsTheirBytes() {
    put(100_000);
    put(3 * MIB);
    assertThat(s3.find(KEY)).map(StoredObject::size).contains(3L * MIB);
    await().until(() -> proxy.requests().size() == 2);
    assertThat(proxy.requests())
        .extracting(ProxiedRequest::bodyBytes)
        .containsExactly(100_000L, 3L * MIB);
    assertThat(proxy.requests()).extracting(ProxiedRequest::status).containsOnly(200);
    assertThat(proxy.bodyBytesReceived()).isEqualTo(100_000 + 3L * MIB);
  }

  @Test
  void tellsThePartsOfAMultipartUploadApart() {
    List<RequestHead> heads = new ArrayList<>();
    script =
        head -> {
          synchronized (heads) {
            heads.add(head);
          }
          return Fault.pass();
        };
    String id = client.createMultipartUpload(b -> b.bucket(s3.bucket()).key(KEY)).uploadId();
    List<CompletedPart> parts = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      int n = number;
      String eTag =
          client
              .uploadPart(
                  b -> b.bucket(s3.bucket()).key(KEY).uploadId(id).partNumber(n),
                  RequestBody.fromBytes(S3Clients.randomBytes(5 * MIB)))
              .eTag();
      parts.add(CompletedPart.builder().partNumber(n).eTag(eTag).build());
    }
    client.listParts(b -> b.bucket(s3.bucket()).key(KEY).uploadId(id));
    client.completeMultipartUpload(
        b -> b.bucket(s3.bucket()).key(KEY).uploadId(id).multipartUpload(m -> m.parts(parts)));
    assertThat(heads.get(0).isCreate()).isTrue();
    assertThat(heads.get(1).partNumber()).hasValue(1);
    assertThat(heads.get(2).partNumber()).hasValue(2);
    assertThat(heads.get(3).isListParts()).isTrue();
    assertThat(heads.get(4).isComplete()).isTrue();
    assertThat(s3.find(KEY)).map(StoredObject::size).contains(10L * MIB);
  }

  @Test
  void answersAfterTheEffect() {
    script = head -> Fault.internalErrorAfterEffect();
    S3Exception refusal = refusal(1000);
    assertThat(refusal.statusCode()).isEqualTo(500);
    assertThat(s3.find(KEY)).map(StoredObject::size).contains(1000L);
    assertThat(proxy.requests()).extracting(ProxiedRequest::outcome).containsOnly(Outcome.ANSWERED);
    script = head -> Fault.pass();
    put(2000);
    assertThat(s3.find(KEY)).map(StoredObject::size).contains(2000L);
  }

  @Test
  void holdsTheAnswerBack() {
    script = head -> new Fault.StallResponse();
    CompletableFuture<Void> put = S3Clients.beside(() -> put(1000));
    assertThat(onlyRequest().outcome()).isEqualTo(Outcome.CUT);
    assertThat(s3.find(KEY)).isPresent();
    assertThat(put).isNotDone();
    proxy.goOffline();
    assertThatThrownBy(put::join).hasCauseInstanceOf(SdkClientException.class);
  }

  @Test
  void answersInTheServersPlace() {
    script = head -> head.attempt() == 1 ? Fault.slowDown(Duration.ofSeconds(7)) : Fault.pass();
    S3Exception refusal = refusal(1000);
    assertThat(refusal.statusCode()).isEqualTo(503);
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
    assertThat(refusal.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("Retry-After"))
        .contains("7");
    assertThat(s3.keys()).isEmpty();
    put(1000);
    assertThat(s3.keys()).containsExactly(KEY);
    assertThat(proxy.requests())
        .extracting(ProxiedRequest::outcome)
        .first()
        .isEqualTo(Outcome.ANSWERED);
    assertThat(proxy.bodyBytesReceived()).isEqualTo(2000);
  }

  @Test
  void answersAsAwsDoesWhenATokenHasRunOut() {
    script = head -> Fault.expiredToken();
    S3Exception refusal = refusal(1000);
    assertThat(refusal.statusCode()).isEqualTo(400);
    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken");
  }

  @Test
  void carriesTheServersOwnRefusalsBack() {
    S3Exception refusal =
        catchThrowableOfType(
            S3Exception.class,
            () ->
                client.putObject(
                    b -> b.bucket(s3.bucket()).key("other"),
                    RequestBody.fromBytes(new byte[4 * MIB])));
    assertThat(refusal.statusCode()).isEqualTo(403);
    put(10);
    assertThat(s3.keys()).containsExactly(KEY);
  }

  @Test
  void resetsTheConnectionAfterSoManyBytes() {
    script = head -> new Fault.ResetAfter(123_456);
    assertThatThrownBy(() -> put(MIB)).isInstanceOf(SdkClientException.class);
    assertThat(onlyRequest().bodyBytes()).isEqualTo(123_456);
    assertThat(onlyRequest().outcome()).isEqualTo(Outcome.CUT);
    assertThat(proxy.bodyBytesReceived()).isEqualTo(123_456);
    assertThat(s3.keys()).isEmpty();
  }

  @Test
  void stallsAfterSoManyBytesUntilItIsClosed() {
    script = head -> new Fault.StallAfter(100_000);
    CompletableFuture<Void> upload = S3Clients.beside(() -> put(64 * MIB));
    assertThat(onlyRequest().bodyBytes()).isEqualTo(100_000);
    assertThat(upload).isNotDone();
    proxy.close();
    await().until(upload::isCompletedExceptionally);
    assertThat(s3.keys()).isEmpty();
  }

  @Test
  void dropsTheAnswerAfterTheEffect() {
    script = head -> new Fault.DropResponse();
    assertThatThrownBy(() -> put(1000)).isInstanceOf(SdkClientException.class);
    assertThat(s3.keys()).containsExactly(KEY);
    assertThat(onlyRequest().outcome()).isEqualTo(Outcome.CUT);
    assertThat(onlyRequest().bodyBytes()).isEqualTo(1000);
  }

  @Test
  void sendsTheBodyAlongBothTimes() {
    script = head -> new Fault.Duplicate();
    put(3 * MIB);
    assertThat(s3.find(KEY)).map(StoredObject::size).contains(3L * MIB);
    assertThat(onlyRequest().bodyBytes()).isEqualTo(3L * MIB);
  }

  @Test
  void delaysARequest() {
    script = head -> new Fault.Delay(Duration.ofMillis(300));
    long start = System.nanoTime();
    put(10);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
  }

  @Test
  void limitsTheRate() {
    script = head -> new Fault.LimitRate(2 * MIB);
    long start = System.nanoTime();
    put(MIB);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(490), Duration.ofSeconds(5));
    assertThat(s3.find(KEY)).map(StoredObject::size).contains((long) MIB);
  }

  @Test
  void goesOfflineAndComesBackOnTheSamePort() {
    put(10);
    proxy.goOffline();
    assertThatThrownBy(() -> put(10)).isInstanceOf(SdkClientException.class);
    proxy.goOnline();
    put(20);
    assertThat(s3.find(KEY)).map(StoredObject::size).contains(20L);
  }

  @Test
  void passesBodiesOfUnknownLength() {
    // The JDK's client sends them chunked; no signature, so a refusal is what comes back.
    BackendClient plain = new BackendClient(proxy.uri());
    HttpRequest.Builder chunked =
        HttpRequest.newBuilder(proxy.uri().resolve("/" + s3.bucket() + "/x"))
            .PUT(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[70_000])));
    assertThat(plain.send(chunked).statusCode()).isEqualTo(403);
    assertThat(onlyRequest().bodyBytes()).isEqualTo(70_000);
  }

  @Test
  void keepsAConnectionForSeveralRequests() {
    BackendClient plain = new BackendClient(proxy.uri());
    for (int i = 0; i < 3; i++) {
      assertThat(plain.get("/" + s3.bucket() + "/x").statusCode()).isEqualTo(403);
    }
    assertThat(proxy.requests()).extracting(r -> r.head().attempt()).containsExactly(1, 2, 3);
  }

  @Test
  void relaysARefusalToAClientThatAskedBeforeSending() throws IOException {
    // By hand, because the client of JDK 17 never returns from such a refusal.
    try (Socket socket = new Socket()) {
      socket.connect(Loopback.port(proxy.uri().getPort()));
      String head =
          "PUT /videos/x HTTP/1.1\r\nHost: s3\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 403").contains("AccessDenied");
    }
    assertThat(onlyRequest().bodyBytes()).isZero();
    assertThat(onlyRequest().outcome()).isEqualTo(Outcome.PASSED);
  }
}
