package io.github.reelbeam.internal.http;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/**
 * Emits from within {@code request(n)}, as a part that reads its file does, each time with the same
 * buffer; it announces one length and gives another if told to.
 */
final class SlicePublisher implements SdkHttpContentPublisher {
  final Set<Thread> emittingThreads = ConcurrentHashMap.newKeySet();
  final CountDownLatch cancelled = new CountDownLatch(1);
  private final long announced;
  private final long given;
  private final int sliceSize;

  SlicePublisher(long length) {
    this(length, length, 64 * 1024);
  }

  SlicePublisher(long announced, long given, int sliceSize) {
    this.announced = announced;
    this.given = given;
    this.sliceSize = sliceSize;
  }

  /** What byte number {@code i} of every body is. */
  static byte byteAt(long i) {
    return (byte) (i % 251);
  }

  static byte[] content(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = byteAt(i);
    }
    return bytes;
  }

  @Override
  public Optional<Long> contentLength() {
    return Optional.of(announced);
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(
        new Subscription() {
          private final ByteBuffer slice = ByteBuffer.allocate(sliceSize);
          private long position;
          private boolean done;

          @Override
          public void request(long n) {
            emittingThreads.add(Thread.currentThread());
            for (long i = 0; i < n && !done; i++) {
              emit();
            }
          }

          private void emit() {
            slice.clear();
            while (slice.hasRemaining() && position < given) {
              slice.put(byteAt(position++));
            }
            slice.flip();
            if (slice.hasRemaining()) {
              subscriber.onNext(slice);
            }
            if (position == given && !done) {
              done = true;
              subscriber.onComplete();
            }
          }

          @Override
          public void cancel() {
            done = true;
            cancelled.countDown();
          }
        });
  }
}
