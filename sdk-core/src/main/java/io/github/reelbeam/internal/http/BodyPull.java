package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * One passage of a publisher's bytes into a sink, made and run by the thread that writes the
 * socket.
 *
 * <p>Slices are asked for one at a time. One that arrives on the writing thread is written on the
 * spot; one from another thread lies in {@link #handedOver} until the writing thread, which waits
 * for it, takes it.
 */
final class BodyPull implements Subscriber<ByteBuffer> {
  private final BufferedSink sink;
  private final long length;
  private final long stallNanos;
  private final Thread writer = Thread.currentThread();
  private long written;
  private boolean wroteInPlace;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Subscription subscription;
  private @Nullable ByteBuffer handedOver;
  private @Nullable Throwable failure;
  // Written under the lock; volatile so that the writing thread needs no lock per slice.
  private volatile boolean ended;
  private volatile boolean stopped;

  BodyPull(BufferedSink sink, long length, Duration stallTimeout) {
    this.sink = sink;
    this.length = length;
    this.stallNanos = stallTimeout.toNanos();
  }

  void copy(Publisher<ByteBuffer> content) throws IOException {
    try {
      content.subscribe(this);
      Subscription source = awaitSubscription(); // null if it ended before it began
      while (source != null && !ended && !stopped) {
        pullOne(source);
      }
      throwIfIncomplete();
    } catch (IOException e) {
      cancelSubscription();
      throw e;
    } catch (RuntimeException e) {
      // OkHttp would hand anything but an IOException to the thread's uncaught exception handler:
      // on Android, a crash.
      cancelSubscription();
      throw new IOException("the source of the body failed", e);
    }
  }

  private void pullOne(Subscription source) throws IOException {
    wroteInPlace = false;
    source.request(1);
    if (!wroteInPlace) {
      ByteBuffer slice = awaitSlice();
      if (slice != null) {
        write(slice);
      }
    }
  }

  private void write(ByteBuffer slice) throws IOException {
    int size = slice.remaining();
    if (length != PulledRequestBody.UNKNOWN_LENGTH && size > length - written) {
      throw new IOException(
          "the source of the body gave more than the " + length + " bytes announced");
    }
    sink.write(slice);
    written += size;
  }

  private void throwIfIncomplete() throws IOException {
    Throwable cause = failure();
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause != null) {
      throw new IOException("the source of the body failed", cause);
    }
    if (stopped) {
      throw new InterruptedIOException("the request was stopped");
    }
    if (length != PulledRequestBody.UNKNOWN_LENGTH && written != length) {
      throw new IOException(
          "the source of the body ended after " + written + " of " + length + " bytes");
    }
  }

  void stop() {
    signal(() -> stopped = true);
  }

  @Override
  public void onSubscribe(Subscription given) {
    signal(
        () -> {
          if (subscription == null) {
            subscription = given;
          } else {
            given.cancel();
          }
        });
  }

  @Override
  public void onNext(ByteBuffer slice) {
    if (Thread.currentThread() != writer) {
      handOver(slice);
    } else if (!ended) {
      wroteInPlace = true;
      try {
        write(slice);
      } catch (IOException e) {
        onError(
            e); // A subscriber must not throw; the writing thread meets it right after request()
        // returns.
      }
    }
  }

  private void handOver(ByteBuffer slice) {
    signal(
        () -> {
          if (handedOver == null) {
            handedOver = slice;
          } else if (failure == null) {
            failure =
                new IOException("the source of the body gave more slices than were asked for");
            ended = true;
          }
        });
  }

  @Override
  public void onError(Throwable cause) {
    signal(
        () -> {
          failure = cause;
          ended = true;
        });
  }

  @Override
  public void onComplete() {
    signal(() -> ended = true);
  }

  private @Nullable Subscription awaitSubscription() throws IOException {
    lock.lock();
    try {
      awaitChange(() -> subscription != null);
      return subscription;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable ByteBuffer awaitSlice() throws IOException {
    lock.lock();
    try {
      awaitChange(() -> handedOver != null);
      ByteBuffer slice = handedOver;
      handedOver = null;
      return slice;
    } finally {
      lock.unlock();
    }
  }

  /** Bounded, because the socket's own timeout does not run while nothing is written. */
  private void awaitChange(BooleanSupplier arrived) throws IOException {
    long left = stallNanos;
    try {
      while (!arrived.getAsBoolean() && !ended && !stopped) {
        if (left <= 0) {
          throw new IOException("the source of the body gave nothing within the stall timeout");
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      writer.interrupt();
      throw new InterruptedIOException("the writing thread was interrupted");
    }
  }

  private void cancelSubscription() {
    Subscription source;
    lock.lock();
    try {
      source = subscription;
    } finally {
      lock.unlock();
    }
    if (source != null) {
      source.cancel();
    }
  }

  private @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
