package io.github.reelbeam.internal.transfer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Collects what a publisher of bytes emits, and by which rules. */
class RecordingSubscriber implements Subscriber<ByteBuffer> {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;
  private @Nullable Throwable failure;
  private @Nullable Thread thread;
  private int slices;
  private int ends;
  private int inside;
  private int deepest;
  private boolean lateSlice;

  @Override
  public void onSubscribe(Subscription given) {
    subscription = given;
  }

  @Override
  public void onNext(ByteBuffer slice) {
    inside++;
    deepest = Math.max(deepest, inside);
    lateSlice |= ends > 0;
    thread = Thread.currentThread();
    slices++;
    byte[] copy = new byte[slice.remaining()];
    slice.get(copy);
    bytes.writeBytes(copy);
    onSlice(subscription());
    inside--;
  }

  /** What a test wants to do within {@code onNext}. */
  void onSlice(Subscription source) {}

  @Override
  public void onError(Throwable cause) {
    ends++;
    failure = cause;
  }

  @Override
  public void onComplete() {
    ends++;
  }

  Subscription subscription() {
    return Objects.requireNonNull(subscription, "not subscribed");
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  int slices() {
    return slices;
  }

  /** How many times {@code onComplete} and {@code onError} were called. */
  int ends() {
    return ends;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** The thread of the last slice. */
  @Nullable Thread thread() {
    return thread;
  }

  /** How many calls of {@code onNext} there were on one stack at most. */
  int deepest() {
    return deepest;
  }

  boolean hadSliceAfterEnd() {
    return lateSlice;
  }
}
