package io.github.reelbeam.internal.progress;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.log.UploadContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners of one upload what happens: in order, one call at a time, progress not too
 * often, one end and nothing after it. Safe for use by many threads.
 */
public final class UploadEvents {
  private static final Logger log = LoggerFactory.getLogger(Loggers.EVENTS);

  // A little more than an eighth of a second: any second has room for eight of these, for what a
  // late listener is told at once, and for the very last one.
  private static final long MIN_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(126);

  private final SerialExecutor serial;
  private final Supplier<UploadProgress> meter;
  private final LongSupplier nanoTime;
  private final AtomicBoolean progressQueued = new AtomicBoolean();

  // below: touched by tasks of the serial executor only
  private final List<UploadListener> listeners = new ArrayList<>();
  private @Nullable StateChange state;
  private @Nullable UploadProgress told;
  private long toldAt;
  private boolean whole;
  private @Nullable Consumer<UploadListener> end;

  /**
   * @param executor where listeners are called
   * @param meter gives the progress
   * @param nanoTime a clock like {@link System#nanoTime}
   * @param upload whose events they are
   */
  public UploadEvents(
      Executor executor,
      Supplier<UploadProgress> meter,
      LongSupplier nanoTime,
      UploadContext upload) {
    this.serial = new SerialExecutor(executor, upload);
    this.meter = meter;
    this.nanoTime = nanoTime;
  }

  /** Adds a listener and tells it where the upload is. */
  public void add(UploadListener listener, Upload upload) {
    serial.execute(
        () -> {
          call(listener, l -> l.onStarted(upload));
          if (end != null) {
            call(listener, end);
            return;
          }
          listeners.add(listener);
          if (state != null) {
            StateChange now = new StateChange(state.to(), state.to(), state.reason());
            call(listener, l -> l.onStateChanged(now));
            UploadProgress progress = meter.get();
            if (mayBeTold(progress)) {
              call(listener, l -> l.onProgress(progress));
            }
          }
        });
  }

  /** The upload is at another state. */
  public void state(StateChange change) {
    serial.execute(
        () -> {
          state = change;
          tell(l -> l.onStateChanged(change));
        });
  }

  /**
   * The object is confirmed, and the state that says so is told: from now on progress may be whole.
   * The meter says so earlier, and a look at it that was asked for before that state would
   * otherwise overtake it.
   */
  public void whole() {
    serial.execute(() -> whole = true);
  }

  /** Something happened that is told as it is. */
  public void emit(Consumer<UploadListener> event) {
    serial.execute(() -> tell(event));
  }

  /** Bytes may have moved: tells the listeners if they have, and if it is not too soon. */
  public void progress() {
    if (progressQueued.compareAndSet(false, true)) {
      serial.execute(
          () -> {
            progressQueued.set(false);
            if (told == null || nanoTime.getAsLong() - toldAt >= MIN_GAP_NANOS) {
              tellProgress();
            }
          });
    } else {
      // it waits to be told: maybe for an executor that was full
      serial.offer();
    }
  }

  /** The end: the last progress, then this event, then nothing. */
  public void end(Consumer<UploadListener> event) {
    serial.execute(
        () -> {
          if (end != null) {
            return;
          }
          tellProgress();
          tell(event);
          end = event;
          listeners.clear();
        });
  }

  private void tellProgress() {
    UploadProgress now = meter.get();
    if (mayBeTold(now) && !now.equals(told)) {
      told = now;
      toldAt = nanoTime.getAsLong();
      tell(l -> l.onProgress(now));
    }
  }

  private boolean mayBeTold(UploadProgress progress) {
    return whole || progress.fraction() < 1.0;
  }

  private void tell(Consumer<UploadListener> event) {
    for (UploadListener listener : listeners) {
      call(listener, event);
    }
  }

  private static void call(UploadListener listener, Consumer<UploadListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable t) {
      // Kotlin's TODO() throws an Error, and Kotlin lets checked exceptions out
      log.warn("a listener failed; the upload goes on: {}", listener, t);
    }
  }
}
