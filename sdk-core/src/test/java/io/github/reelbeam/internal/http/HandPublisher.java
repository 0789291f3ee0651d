package io.github.reelbeam.internal.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** A source that the test works by hand, from the test's thread. */
final class HandPublisher implements SdkHttpContentPublisher {
  final CompletableFuture<Subscriber<? super ByteBuffer>> subscriber = new CompletableFuture<>();
  final CountDownLatch cancelled = new CountDownLatch(1);
  private final Semaphore demand = new Semaphore(0);
  private final long length;

  HandPublisher(long length) {
    this.length = length;
  }

  @Override
  public Optional<Long> contentLength() {
    return Optional.of(length);
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> given) {
    given.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {
            demand.release((int) n);
          }

          @Override
          public void cancel() {
            cancelled.countDown();
          }
        });
    subscriber.complete(given);
  }

  Subscriber<? super ByteBuffer> awaitDemand() throws InterruptedException {
    if (!demand.tryAcquire(10, TimeUnit.SECONDS)) {
      throw new AssertionError("nothing was asked for");
    }
    return subscriber.join();
  }

  void emitWhenAsked(byte... bytes) throws InterruptedException {
    awaitDemand().onNext(ByteBuffer.wrap(bytes));
  }
}
