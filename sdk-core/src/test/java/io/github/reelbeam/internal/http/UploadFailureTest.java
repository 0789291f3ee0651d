package io.github.reelbeam.internal.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okio.Throttler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** What becomes of an upload when the server, the line, the source or the caller gives up. */
class UploadFailureTest {
  private static final int BIG =
      64 * 1024 * 1024; // more than the socket buffers of both sides hold
  private static final Duration STALL = Duration.ofMillis(300);

  private final RecordingHandler handler = new RecordingHandler();
  private final OkHttpAsyncClient client =
      new OkHttpAsyncClient(
          new OkHttpClient(), new Dispatcher(), new Throttler(), new TransportOptions(STALL, true));

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void aServerThatStopsReadingFailsThePartAfterTheStallTimeout() throws Exception {
    SlicePublisher source = new SlicePublisher(BIG);
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::readHead)) {
      S3CallException e = failureOf(put(server, source));

      assertThat(e).hasMessage("PUT /bucket/key (part 7): no byte moved within the stall timeout");
      assertThat(e).hasCauseInstanceOf(SocketTimeoutException.class);
      assertThat(e.partNumber()).hasValue(7);
      assertThat(handler.errors).containsExactly(e);
      assertThat(source.cancelled.getCount()).isZero();
    }
  }

  @Test
  void aServerThatNeverAnswersFailsThePartAfterTheStallTimeout() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::drain)) {
      assertThat(failureOf(put(server, new SlicePublisher(1000))))
          .hasCauseInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void aResetInTheMiddleOfTheBodyFailsThePart() throws Exception {
    SlicePublisher source = new SlicePublisher(BIG);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              ScriptedServer.readHead(connection);
              connection.setSoLinger(true, 0); // close() then sends RST
              connection.close();
            })) {
      S3CallException e = failureOf(put(server, source));

      assertThat(e.partNumber()).hasValue(7);
      assertThat(source.cancelled.getCount()).isZero();
      assertThat(server.connections).as("connections").hasValue(1);
    }
  }

  @Test
  void aConnectionClosedWithoutAnAnswerIsNotTriedAgain() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              ScriptedServer.readHead(connection);
              connection.close();
            })) {
      CompletableFuture<Void> future =
          client.execute(S3Requests.get(server.url() + "/bucket/key", handler));

      assertThat(failureOf(future).partNumber()).isEmpty();
      assertThat(server.connections).hasValue(1);
    }
  }

  @Test
  void anUnreachableServerIsNotTriedAgain() throws Exception {
    ScriptedServer gone = new ScriptedServer(connection -> {});
    gone.close();

    assertThat(failureOf(put(gone, new SlicePublisher(10))))
        .hasMessage("PUT /bucket/key (part 7): no connection could be opened");
  }

  @Test
  void anEarlyRefusalIsDeliveredWhenTheServerTakesTheRestOfTheBody() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              ScriptedServer.readHead(connection);
              ScriptedServer.write(connection, slowDown());
              ScriptedServer.drain(connection);
            })) {
      put(server, new SlicePublisher(BIG)).get(10, SECONDS);

      assertThat(handler.status()).isEqualTo(503);
      assertThat(new String(handler.body(), StandardCharsets.US_ASCII)).isEqualTo("SlowDown");
    }
  }

  /**
   * The kernel may drop an answer that is followed by a reset; then it must at least be an I/O
   * failure.
   */
  @Test
  void anEarlyRefusalBeforeAResetIsDeliveredOrFailsAsIo() throws Exception {
    SlicePublisher source = new SlicePublisher(BIG);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              ScriptedServer.readHead(connection);
              ScriptedServer.write(connection, slowDown());
              connection.close(); // with bytes unread, so the kernel sends RST after the answer
            })) {
      Throwable failure = put(server, source).handle((done, t) -> t).get(10, SECONDS);

      if (failure == null) {
        assertThat(handler.status()).isEqualTo(503);
      } else {
        assertThat(failure).isInstanceOf(S3CallException.class);
      }
      assertThat(source.cancelled.getCount()).isZero();
    }
  }

  @Test
  void cancellingTheFutureClosesTheConnectionInTheMiddleOfTheBody() throws Exception {
    HandPublisher source = new HandPublisher(1_000_000);
    CompletableFuture<Long> seenByServer = new CompletableFuture<>();
    CountDownLatch started = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              ScriptedServer.readHead(connection);
              started.countDown();
              seenByServer.complete(ScriptedServer.drain(connection));
            })) {
      CompletableFuture<Void> future = put(server, source);
      source.emitWhenAsked(new byte[100_000]);
      source.awaitDemand();
      assertThat(started.await(10, SECONDS)).isTrue();

      future.cancel(true);

      assertThat(seenByServer.get(10, SECONDS)).isLessThan(1_000_000);
      assertThat(source.cancelled.await(10, SECONDS)).isTrue();
    }
  }

  @Test
  void cancellingTheFutureTellsTheHandlerInPlainWords() throws Exception {
    HandPublisher source = new HandPublisher(10);
    CompletableFuture<Throwable> told = new CompletableFuture<>();
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::drain)) {
      CompletableFuture<Void> future =
          client.execute(S3Requests.put(partUrl(server), source, new FailureOnlyHandler(told)));
      source.awaitDemand();

      future.completeExceptionally(new IllegalStateException("the SDK gave up"));

      assertThat(told.get(10, SECONDS)).hasMessage("PUT /bucket/key (part 7): it was cancelled");
    }
  }

  @Test
  void closingTheClientFailsWhatIsUnderWay() throws Exception {
    HandPublisher source = new HandPublisher(10);
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::drain)) {
      CompletableFuture<Void> future = put(server, source);
      source.awaitDemand();

      client.close();

      assertThat(failureOf(future)).hasMessageEndingWith("it was cancelled");
      assertThat(put(server, new SlicePublisher(1))).isCompletedExceptionally();
    }
  }

  @Test
  void aFailureOfTheSourceFailsThePartWithItAsTheCause() throws Exception {
    HandPublisher source = new HandPublisher(10);
    IOException gone = new IOException("the file is gone");
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::drain)) {
      CompletableFuture<Void> future = put(server, source);
      source.awaitDemand().onError(gone);

      assertThat(failureOf(future)).hasCause(gone).hasMessageEndingWith("the file is gone");
    }
  }

  @Test
  void aSourceShorterThanAnnouncedFailsThePart() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::drain)) {
      assertThat(failureOf(put(server, new SlicePublisher(1000, 999, 100))))
          .hasMessageEndingWith("the source of the body ended after 999 of 1000 bytes");
    }
  }

  @Test
  void aResponseCutShortFailsTheBodyTheHandlerAndTheFuture() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            connection -> {
              ScriptedServer.readHead(connection);
              ScriptedServer.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
              connection.close();
            })) {
      S3CallException e =
          failureOf(client.execute(S3Requests.get(server.url() + "/bucket", handler)));

      assertThat(handler.bodyError.join()).isSameAs(e);
      assertThat(handler.errors).containsExactly(e);
    }
  }

  @Test
  void aHandlerThatThrowsFailsTheFuture() throws Exception {
    IllegalStateException bug = new IllegalStateException("bug");
    try (ScriptedServer server =
        new ScriptedServer(connection -> ScriptedServer.write(connection, slowDown()))) {
      CompletableFuture<Void> future =
          client.execute(S3Requests.get(server.url() + "/bucket", new ThrowingHandler(bug)));

      assertThat(future.handle((done, t) -> t).get(10, SECONDS)).isSameAs(bug);
    }
  }

  private CompletableFuture<Void> put(ScriptedServer server, SdkHttpContentPublisher source) {
    return client.execute(S3Requests.put(partUrl(server), source, handler));
  }

  private static String partUrl(ScriptedServer server) {
    return server.url() + "/bucket/key?partNumber=7&uploadId=u";
  }

  private static String slowDown() {
    return "HTTP/1.1 503 Slow Down\r\nConnection: close\r\nContent-Length: 8\r\n\r\nSlowDown";
  }

  private static S3CallException failureOf(CompletableFuture<Void> future) throws Exception {
    Throwable failure = future.handle((done, t) -> t).get(10, SECONDS);
    assertThat(failure).isInstanceOf(S3CallException.class);
    return (S3CallException) Objects.requireNonNull(failure);
  }
}
