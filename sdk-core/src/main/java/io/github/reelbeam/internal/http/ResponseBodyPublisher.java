package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A response body for one subscriber, read from the socket as it is asked for.
 *
 * <p>The thread that received the response delivers it in {@link #deliver()}, so that signals come
 * one after another without a queue. It waits without limit for demand: only the subscriber, the
 * future or closing the client end that.
 */
final class ResponseBodyPublisher implements Publisher<ByteBuffer> {
  private static final long SLICE = 16 * 1024;

  /**
   * The SDK keeps the whole of it in memory. The longest that is needed is a page of a thousand
   * parts, with less than 1 MiB.
   */
  static final long MAX_BYTES = 16L << 20;

  private static final Subscription NOTHING =
      new Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      };

  private final BufferedSource source;
  private final Runnable onCancel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Subscriber<? super ByteBuffer> subscriber;
  private boolean subscribed; // once onSubscribe has returned: no signal may overtake it
  private long demand;
  private boolean demandInvalid;
  private boolean cancelled;
  private boolean stopped;
  private boolean ended;
  private @Nullable Throwable failure;

  /**
   * @param onCancel run at once when the subscriber cancels, to end a read that waits for the
   *     network
   */
  ResponseBodyPublisher(BufferedSource source, Runnable onCancel) {
    this.source = source;
    this.onCancel = onCancel;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> given) {
    if (!locked(() -> accept(given))) {
      given.onSubscribe(NOTHING);
      given.onError(new IllegalStateException("a response body can be read only once"));
      return;
    }
    given.onSubscribe(new Demand());
    Throwable earlier = locked(this::subscribed);
    if (earlier != null) {
      given.onError(earlier);
    }
  }

  private boolean accept(Subscriber<? super ByteBuffer> given) {
    boolean first = subscriber == null;
    if (first) {
      subscriber = given;
    }
    return first;
  }

  private @Nullable Throwable subscribed() {
    subscribed = true;
    return failure;
  }

  /**
   * Delivers the body and its end. Returns false if the subscriber cancelled before that.
   *
   * @throws IllegalArgumentException if the subscriber asked for less than one slice
   * @throws IOException if the body breaks off, or is longer than {@link #MAX_BYTES}
   */
  boolean deliver() throws IOException {
    long delivered = 0;
    Subscriber<? super ByteBuffer> receiver = awaitSubscriber();
    try {
      // Looks ahead before it waits for demand: the end of a body is told without any.
      while (!source.exhausted()) {
        if (!awaitDemand()) {
          return false;
        }
        ByteBuffer slice = nextSlice();
        delivered += slice.remaining();
        if (delivered > MAX_BYTES) {
          throw new IOException("the answer is longer than " + MAX_BYTES + " bytes");
        }
        receiver.onNext(slice);
      }
    } catch (IOException e) {
      if (locked(() -> cancelled)) {
        return false; // The failure is the cancellation's own: it closed the socket.
      }
      throw e;
    }
    if (!locked(this::endUnlessCancelled)) {
      return false;
    }
    receiver.onComplete();
    return true;
  }

  /** A new array each time, because a subscriber may keep what it is given. */
  private ByteBuffer nextSlice() throws IOException {
    return ByteBuffer.wrap(source.readByteArray(Math.min(source.getBuffer().size(), SLICE)));
  }

  private boolean endUnlessCancelled() {
    ended = true;
    return !cancelled;
  }

  /**
   * Tells the subscriber that no more will come. For the delivering thread, after {@link
   * #deliver()} has thrown.
   */
  void fail(Throwable cause) {
    Subscriber<? super ByteBuffer> receiver =
        locked(
            () -> {
              boolean tell = subscribed && !ended && !cancelled;
              ended = true;
              failure = cause;
              return tell ? subscriber : null;
            });
    if (receiver != null) {
      receiver.onError(cause);
    }
  }

  /** Ends a wait for the subscriber or its demand. */
  void stop() {
    locked(() -> stopped = true);
  }

  private Subscriber<? super ByteBuffer> awaitSubscriber() throws IOException {
    lock.lock();
    try {
      awaitChange(() -> subscribed);
      return Objects.requireNonNull(subscriber);
    } finally {
      lock.unlock();
    }
  }

  private boolean awaitDemand() throws IOException {
    lock.lock();
    try {
      awaitChange(() -> demand > 0 || cancelled || demandInvalid);
      if (demandInvalid) {
        throw new IllegalArgumentException("a subscriber must ask for one slice or more");
      }
      demand--;
      return !cancelled;
    } finally {
      lock.unlock();
    }
  }

  private void awaitChange(BooleanSupplier arrived) throws IOException {
    try {
      while (!arrived.getAsBoolean()) {
        if (stopped) {
          throw new InterruptedIOException("the request was stopped");
        }
        changed.await();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the delivering thread was interrupted");
    }
  }

  private <T extends @Nullable Object> T locked(Supplier<T> change) {
    lock.lock();
    try {
      T result = change.get();
      changed.signalAll();
      return result;
    } finally {
      lock.unlock();
    }
  }

  private final class Demand implements Subscription {
    @Override
    public void request(long n) {
      locked(
          () -> {
            demandInvalid |= n <= 0;
            demand = n > Long.MAX_VALUE - demand ? Long.MAX_VALUE : demand + n;
            return demand;
          });
    }

    @Override
    public void cancel() {
      boolean first =
          locked(
              () -> {
                boolean before = cancelled || ended;
                cancelled = true;
                return !before;
              });
      if (first) {
        onCancel.run();
      }
    }
  }
}
