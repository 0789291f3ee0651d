package io.github.reelbeam.internal.progress;

import io.github.reelbeam.BatchProgress;
import io.github.reelbeam.UploadBatchListener;
import io.github.reelbeam.internal.log.Loggers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the listeners of a batch what happens: in order, one call at a time, progress not too
 * often, one end and nothing after it. Safe for use by many threads.
 *
 * <p>It looks when one of the uploads has something to tell, and once more later where that was too
 * soon: a batch in which nothing moves has no timer.
 */
public final class BatchEvents {
  private static final Logger log = LoggerFactory.getLogger(Loggers.EVENTS);

  // as those of one upload: eight a second, and the very last one
  private static final long MIN_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(126);

  private final SerialExecutor serial;
  private final ScheduledExecutorService scheduler;
  private final Supplier<BatchProgress> meter;
  private final LongSupplier nanoTime;
  private final AtomicBoolean progressQueued = new AtomicBoolean();
  private volatile boolean isHeard;

  // below: touched by tasks of the serial executor only
  private final List<UploadBatchListener> listeners;
  private @Nullable BatchProgress told;
  private long toldAt;
  private @Nullable Consumer<UploadBatchListener> end;

  /**
   * @param executor where listeners are called
   * @param scheduler for the look that comes later
   * @param meter gives the progress
   * @param nanoTime a clock like {@link System#nanoTime}
   * @param listeners those who hear of it from the beginning
   */
  public BatchEvents(
      Executor executor,
      ScheduledExecutorService scheduler,
      Supplier<BatchProgress> meter,
      LongSupplier nanoTime,
      List<UploadBatchListener> listeners) {
    this.serial = new SerialExecutor(executor);
    this.scheduler = scheduler;
    this.meter = meter;
    this.nanoTime = nanoTime;
    this.listeners = new ArrayList<>(List.copyOf(listeners));
    this.isHeard = !listeners.isEmpty();
  }

  /** Adds a listener and tells it how far the uploads are, or how they ended. */
  public void add(UploadBatchListener listener) {
    Objects.requireNonNull(listener, "listener");
    isHeard = true;
    serial.execute(
        () -> {
          if (end != null) {
            call(listener, end);
            return;
          }
          listeners.add(listener);
          BatchProgress now = meter.get();
          call(listener, l -> l.onProgress(now));
        });
  }

  /** Something happened that is told as it is. */
  public void emit(Consumer<UploadBatchListener> event) {
    serial.execute(() -> tell(event));
  }

  /** Bytes may have moved, or a file have ended. */
  public void progress() {
    if (!isHeard) {
      return;
    }
    if (progressQueued.compareAndSet(false, true)) {
      serial.execute(this::look);
    } else {
      serial.offer();
    }
  }

  /** The end: the last progress, then this event, then nothing. */
  public void end(Consumer<UploadBatchListener> event) {
    serial.execute(
        () -> {
          tellProgress();
          tell(event);
          end = event;
          listeners.clear();
        });
  }

  private void look() {
    long wait = told == null ? 0 : MIN_GAP_NANOS - (nanoTime.getAsLong() - toldAt);
    if (wait > 0 && end == null && isLater(wait)) {
      return;
    }
    progressQueued.set(false);
    if (wait <= 0) {
      tellProgress();
    }
  }

  private boolean isLater(long nanos) {
    try {
      var unused =
          scheduler.schedule(() -> serial.execute(this::look), nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException closed) {
      log.trace("the uploader is closed", closed);
      return false;
    }
  }

  private void tellProgress() {
    BatchProgress now = meter.get();
    if (!now.equals(told)) {
      told = now;
      toldAt = nanoTime.getAsLong();
      tell(l -> l.onProgress(now));
    }
  }

  private void tell(Consumer<UploadBatchListener> event) {
    for (UploadBatchListener listener : listeners) {
      call(listener, event);
    }
  }

  private static void call(UploadBatchListener listener, Consumer<UploadBatchListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable t) {
      // Kotlin's TODO() throws an Error, and Kotlin lets checked exceptions out
      log.warn("a listener failed; the uploads go on: {}", listener, t);
    }
  }
}
