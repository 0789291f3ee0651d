package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.Rounds;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.internal.log.UploadContext;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

class RunHttpClientTest {
  private final Transport transport = new Transport();
  private final Answer answer = new Answer();
  private final RunHttpClient client = client(transport, false);

  static RunHttpClient client(SdkAsyncHttpClient transport, boolean mayAbort) {
    StoreClock clock = new StoreClock(Clock.systemUTC(), System::nanoTime);
    TransferSlots slots = TransferSlots.fixed(4, System::nanoTime);
    return new RunHttpClient(
        transport,
        mayAbort,
        new FreshSignature(
            () -> CompletableFuture.failedFuture(new AssertionError("nobody waits that long")),
            clock,
            System::nanoTime),
        slots.share(() -> UploadPriority.NORMAL),
        new RequestLog(
            new SilentObserver(), new UsedSecrets(), System::nanoTime, UploadContext.NONE));
  }

  private static AsyncExecuteRequest request(
      SdkHttpMethod method, String parameter, SdkAsyncHttpResponseHandler handler) {
    return AsyncExecuteRequest.builder()
        .request(
            SdkHttpFullRequest.builder()
                .method(method)
                .protocol("https")
                .host("bucket.s3.example.com")
                .encodedPath("/videos/1.mp4")
                .appendRawQueryParameter(parameter, "u1")
                .build())
        .requestContentPublisher(new NoContent())
        .responseHandler(handler)
        .build();
  }

  private CompletableFuture<Void> upload() {
    return client.execute(request(SdkHttpMethod.PUT, "uploadId", answer));
  }

  private CompletableFuture<Void> create() {
    return client.execute(request(SdkHttpMethod.POST, "uploads", answer));
  }

  private CompletableFuture<Void> abort(RunHttpClient through) {
    return through.execute(request(SdkHttpMethod.DELETE, "uploadId", answer));
  }

  @Test
  void anAbortIsAnsweredAsDoneAndNeverLeaves() {
    assertThat(abort(client)).isCompleted();
    assertThat(transport.calls).isEmpty();
    assertThat(answer.status).isEqualTo(204);
    assertThat(answer.body.ends()).isEqualTo(1);
    assertThat(answer.body.bytes()).isEmpty();
  }

  @Test
  void anAbortIsAnsweredAsDoneAfterTheStopToo() {
    var unused = client.stop();
    assertThat(abort(client)).isCompleted();
    assertThat(answer.status).isEqualTo(204);
  }

  @Test
  void anAbortThatIsMeantLeaves() {
    assertThat(abort(client(transport, true))).isNotDone();
    assertThat(transport.calls).hasSize(1);
  }

  @Test
  void anotherDeleteLeaves() {
    assertThat(client.execute(request(SdkHttpMethod.DELETE, "versionId", answer))).isNotDone();
    assertThat(transport.calls).hasSize(1);
  }

  @Test
  void whatIsNoDeleteLeaves() {
    assertThat(upload()).isNotDone();
    assertThat(transport.calls).hasSize(1);
  }

  @Test
  void anIdleRunIsQuietAtOnce() {
    assertThat(client.stop()).isCompleted();
  }

  @Test
  void aDrainedRunIsQuietWhenTheLastOfItsRequestsHasEnded() {
    var first = upload();
    var second = upload();
    CompletableFuture<Void> quiet = client.drain();
    transport.calls.get(0).complete(null);
    assertThat(first).isCompleted();
    assertThat(quiet).isNotDone();
    transport.calls.get(1).completeExceptionally(new IllegalStateException("cancelled"));
    assertThat(second).isCompletedExceptionally();
    assertThat(quiet).isCompleted();
  }

  @Test
  void requestsThatEndedBeforeTheStopDoNotCount() {
    var call = upload();
    transport.calls.get(0).complete(null);
    assertThat(call).isCompleted();
    assertThat(client.stop()).isCompleted();
  }

  @Test
  void whatTheManagerCancelsGoesOn() {
    // it cancels all parts when one has failed
    assertThat(upload().cancel(true)).isTrue();
    assertThat(transport.calls.get(0)).isNotDone();
    assertThat(client.drain()).isNotDone();
    transport.calls.get(0).complete(null);
    assertThat(client.drain()).isCompleted();
  }

  @Test
  void aStopEndsWhatIsUnderWay() {
    var call = upload();
    assertThat(client.stop()).isCompleted();
    assertThat(transport.calls.get(0)).isCompletedExceptionally();
    assertThat(call).isCompletedExceptionally();
  }

  @Test
  void aStopEndsWhatADrainHasLeft() {
    var call = upload();
    CompletableFuture<Void> quiet = client.drain();
    assertThat(quiet).isNotDone();
    assertThat(client.stop()).isCompleted();
    assertThat(quiet).isCompleted();
    assertThat(call).isCompletedExceptionally();
  }

  @Test
  void theAnswerThatNamesAMultipartUploadIsWaitedFor() {
    var part = upload();
    var create = create();
    CompletableFuture<Void> opening = client.opening();
    assertThat(opening).isNotDone();
    assertThat(upload()).as("a request that comes after that").isCompletedExceptionally();
    transport.calls.get(1).complete(null);
    assertThat(opening).isCompleted();
    assertThat(create).isCompleted();
    assertThat(part).isNotDone();
  }

  @Test
  void withoutAMultipartUploadBeingOpenedThereIsNothingToWaitFor() {
    var create = create();
    transport.calls.get(0).completeExceptionally(new IllegalStateException("refused"));
    var part = upload();
    assertThat(client.opening()).isCompleted();
    assertThat(create).isCompletedExceptionally();
    assertThat(part).isNotDone();
  }

  /** Requests that begin and end while the run is stopped, on threads of their own. */
  @Test
  void onceItIsQuietNothingIsUnderWayAndNothingBegins() throws Exception {
    try (Rounds rounds = new Rounds()) {
      rounds.play(
          Duration.ofSeconds(1),
          20,
          random -> {
            Transport busy = new Transport();
            RunHttpClient run = client(busy, false);
            AsyncExecuteRequest part = request(SdkHttpMethod.PUT, "uploadId", new Answer());
            boolean drains = random.nextBoolean();
            Callable<?> sender = () -> busy.end(run.execute(part));
            rounds.atOnce(
                List.of(
                    sender,
                    sender,
                    sender,
                    () -> {
                      (drains ? run.drain() : run.stop()).get(10, TimeUnit.SECONDS);
                      int begun = busy.calls.size();
                      assertThat(busy.calls).allMatch(CompletableFuture::isDone);
                      assertThat(run.execute(part)).isCompletedExceptionally();
                      return begun;
                    }));
            assertThat(busy.calls).allMatch(CompletableFuture::isDone);
          });
    }
  }

  @Test
  void aRequestThatTheTransportRefusesToBeginDoesNotCount() {
    transport.refusal = new IllegalStateException("closed");
    assertThat(upload()).isCompletedExceptionally();
    assertThat(answer.failure).isSameAs(transport.refusal);
    assertThat(client.stop()).isCompleted();
  }

  /** A part that waited for its next attempt must not go out beside those of the next run. */
  @Test
  void aRequestThatComesAfterTheStopNeverLeaves() {
    var unused = client.stop();
    CompletableFuture<Void> late = upload();
    assertThat(late).isCompletedExceptionally();
    assertThat(transport.calls).isEmpty();
    assertThat(answer.failure).isNotNull();
  }

  @Test
  void aRequestThatComesAfterTheStopIsNotTriedAgain() {
    var unused = client.stop();
    var late = upload();
    assertThat(late).isCompletedExceptionally();
    assertThat(answer.failure)
        .satisfies(
            failure -> assertThat(FailureClassifier.kindOf(failure).isRetriedInRun()).isFalse());
  }

  @Test
  void closingItLeavesTheSharedTransportOpen() {
    client.close();
    assertThat(transport.closed).isFalse();
  }

  /** Remembers what it was asked for, and answers when the test says so. */
  private static final class Transport implements SdkAsyncHttpClient {
    final List<CompletableFuture<Void>> calls = new CopyOnWriteArrayList<>();
    @Nullable RuntimeException refusal;
    boolean closed;

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest work) {
      if (refusal != null) {
        throw refusal;
      }
      CompletableFuture<Void> call = new CompletableFuture<>();
      calls.add(call);
      return call;
    }

    /** Answers all there are; the one asked about may have been refused. */
    boolean end(CompletableFuture<Void> mine) {
      calls.forEach(call -> call.complete(null));
      return mine.isDone();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  /** Nobody reads it. */
  private static final class NoContent implements SdkHttpContentPublisher {
    @Override
    public Optional<Long> contentLength() {
      return Optional.of(0L);
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      throw new AssertionError("the transport does not send it");
    }
  }

  /** What the SDK hears of one request. */
  private static final class Answer implements SdkAsyncHttpResponseHandler {
    final RecordingSubscriber body = new RecordingSubscriber();
    int status;
    @Nullable Throwable failure;

    @Override
    public void onHeaders(SdkHttpResponse headers) {
      status = headers.statusCode();
    }

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
      stream.subscribe(body);
    }

    @Override
    public void onError(Throwable error) {
      failure = error;
    }
  }
}
