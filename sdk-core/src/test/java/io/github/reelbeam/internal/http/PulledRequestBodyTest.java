package io.github.reelbeam.internal.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Sink;
import okio.Throttler;
import okio.Timeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

class PulledRequestBodyTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Buffer sink = new Buffer();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1_000_000})
  void writesASynchronousSourceOnTheThreadThatPulls(int length) throws IOException {
    SlicePublisher source = new SlicePublisher(length);

    new PulledRequestBody(source, length, new Throttler(), LONG).writeTo(sink);

    assertThat(sink.readByteArray()).isEqualTo(SlicePublisher.content(length));
    assertThat(source.emittingThreads).containsExactly(Thread.currentThread());
    assertThat(source.cancelled.getCount()).isOne();
  }

  @Test
  void writesABodyOfUnknownLength() throws IOException {
    new PulledRequestBody(
            new SlicePublisher(100), PulledRequestBody.UNKNOWN_LENGTH, new Throttler(), LONG)
        .writeTo(sink);

    assertThat(sink.size()).isEqualTo(100);
  }

  @Test
  void waitsForAnAsynchronousSource() throws Exception {
    HandPublisher source = new HandPublisher(3);
    CompletableFuture<Void> writing =
        write(new PulledRequestBody(source, 3, new Throttler(), LONG), sink);

    source.emitWhenAsked((byte) 1, (byte) 2);
    source.emitWhenAsked((byte) 3);
    source.awaitDemand().onComplete();

    writing.get(10, TimeUnit.SECONDS);
    assertThat(sink.readByteArray()).containsExactly(1, 2, 3);
  }

  @Test
  void takesTheLastSliceEvenIfCompletionFollowsAtOnce() throws Exception {
    HandPublisher source = new HandPublisher(1);
    CompletableFuture<Void> writing =
        write(new PulledRequestBody(source, 1, new Throttler(), LONG), sink);

    source.emitWhenAsked((byte) 9);
    source.subscriber.join().onComplete();

    writing.get(10, TimeUnit.SECONDS);
    assertThat(sink.readByteArray()).containsExactly(9);
  }

  @Test
  void waitsForASubscriptionThatComesLater() throws Exception {
    CompletableFuture<Subscriber<? super ByteBuffer>> subscriber = new CompletableFuture<>();
    CompletableFuture<Void> writing =
        write(new PulledRequestBody(subscriber::complete, 5, new Throttler(), LONG), sink);

    new SlicePublisher(5).subscribe(subscriber.get(10, TimeUnit.SECONDS));

    writing.get(10, TimeUnit.SECONDS);
    assertThat(sink.size()).isEqualTo(5);
  }

  @Test
  void failsWithTheIoExceptionOfTheSource() throws Exception {
    HandPublisher source = new HandPublisher(3);
    CompletableFuture<Void> writing =
        write(new PulledRequestBody(source, 3, new Throttler(), LONG), sink);
    IOException gone = new IOException("the file is gone");

    source.emitWhenAsked((byte) 1);
    source.awaitDemand().onError(gone);

    assertThat(failureOf(writing)).isSameAs(gone);
  }

  @Test
  void wrapsAnyOtherFailureOfTheSource() throws Exception {
    HandPublisher source = new HandPublisher(3);
    CompletableFuture<Void> writing =
        write(new PulledRequestBody(source, 3, new Throttler(), LONG), sink);
    IllegalStateException bug = new IllegalStateException();

    source.awaitDemand().onError(bug);

    assertThat(failureOf(writing)).isInstanceOf(IOException.class).hasCause(bug);
  }

  @Test
  void wrapsWhatTheSourceThrows() {
    Publisher<ByteBuffer> source =
        subscriber -> {
          throw new IllegalStateException("broken");
        };

    assertThatIOException()
        .isThrownBy(() -> new PulledRequestBody(source, 3, new Throttler(), LONG).writeTo(sink))
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesTooManyBytes() {
    SlicePublisher source = new SlicePublisher(10, 11, 4);

    assertThatIOException()
        .isThrownBy(() -> new PulledRequestBody(source, 10, new Throttler(), LONG).writeTo(sink))
        .withMessage("the source of the body gave more than the 10 bytes announced");
    assertThat(sink.size()).isLessThanOrEqualTo(10);
    assertThat(source.cancelled.getCount()).isZero();
  }

  @Test
  void refusesTooFewBytes() {
    assertThatIOException()
        .isThrownBy(
            () ->
                new PulledRequestBody(new SlicePublisher(10, 9, 4), 10, new Throttler(), LONG)
                    .writeTo(sink))
        .withMessage("the source of the body ended after 9 of 10 bytes");
  }

  @Test
  void refusesSlicesThatNobodyAskedFor() throws Exception {
    CompletableFuture<Subscriber<? super ByteBuffer>> subscriber = new CompletableFuture<>();
    CompletableFuture<Void> writing =
        write(new PulledRequestBody(subscriber::complete, 3, new Throttler(), LONG), sink);

    Subscriber<? super ByteBuffer> early = subscriber.get(10, TimeUnit.SECONDS);
    early.onNext(ByteBuffer.allocate(1));
    early.onNext(ByteBuffer.allocate(1));

    assertThat(failureOf(writing))
        .hasMessage("the source of the body gave more slices than were asked for");
  }

  @Test
  void stopWakesTheWaitForTheSourceAndCancelsIt() throws Exception {
    HandPublisher source = new HandPublisher(3);
    PulledRequestBody body = new PulledRequestBody(source, 3, new Throttler(), LONG);
    CompletableFuture<Void> writing = write(body, sink);
    source.awaitDemand();

    body.stop();

    assertThat(failureOf(writing))
        .isInstanceOf(IOException.class)
        .hasMessage("the request was stopped");
    assertThat(source.cancelled.getCount()).isZero();
  }

  @Test
  void aBodyStoppedBeforehandReadsNothing() {
    SlicePublisher source = new SlicePublisher(3);
    PulledRequestBody body = new PulledRequestBody(source, 3, new Throttler(), LONG);
    body.stop();

    assertThatIOException().isThrownBy(() -> body.writeTo(sink));
    assertThat(source.emittingThreads).isEmpty();
    assertThat(source.cancelled.getCount()).isZero();
  }

  @Test
  void doesNotWaitForeverForASourceThatGivesNothing() {
    HandPublisher source = new HandPublisher(3);

    assertThatIOException()
        .isThrownBy(
            () ->
                new PulledRequestBody(source, 3, new Throttler(), Duration.ofMillis(50))
                    .writeTo(sink))
        .withMessage("the source of the body gave nothing within the stall timeout");
    assertThat(source.cancelled.getCount()).isZero();
  }

  @Test
  void cancelsTheSourceAndKeepsTheExceptionWhenTheSinkFails() {
    IOException broken = new IOException("broken pipe");
    SlicePublisher source = new SlicePublisher(1_000_000);

    assertThatThrownBy(
            () ->
                new PulledRequestBody(source, 1_000_000, new Throttler(), LONG)
                    .writeTo(Okio.buffer(new FailingSink(broken))))
        .isSameAs(broken);
    assertThat(source.cancelled.getCount()).isZero();
  }

  private static CompletableFuture<Void> write(PulledRequestBody body, BufferedSink sink) {
    CompletableFuture<Void> writing = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                body.writeTo(sink);
                writing.complete(null);
              } catch (IOException e) {
                writing.completeExceptionally(e);
              }
            })
        .start();
    return writing;
  }

  private static Throwable failureOf(CompletableFuture<Void> writing) {
    return writing
        .handle((done, failure) -> requireNonNull(failure))
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  private record FailingSink(IOException failure) implements Sink {
    @Override
    public void write(Buffer source, long byteCount) throws IOException {
      throw failure;
    }

    @Override
    public void flush() {}

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }

    @Override
    public void close() {}
  }
}
