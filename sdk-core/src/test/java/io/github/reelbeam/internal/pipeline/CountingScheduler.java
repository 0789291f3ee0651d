package io.github.reelbeam.internal.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the ticks that go on, which never tick. Each pass of an upload has its own, from its
 * beginning to its end, so that passes that overlap are seen by them.
 */
final class CountingScheduler extends ScheduledThreadPoolExecutor {
  private final boolean delays;
  private final AtomicInteger ticks = new AtomicInteger();
  private final AtomicInteger overlaps = new AtomicInteger();

  private CountingScheduler(boolean delays) {
    super(1);
    this.delays = delays;
    setRemoveOnCancelPolicy(true);
  }

  /** Its delays are over at once, on the thread that asks for them. */
  static CountingScheduler withoutDelay() {
    return new CountingScheduler(false);
  }

  static CountingScheduler withDelays() {
    return new CountingScheduler(true);
  }

  /** How many go on now. */
  int ticks() {
    return ticks.get();
  }

  /** How often some began while others went on. */
  int overlaps() {
    return overlaps.get();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    if (delays) {
      return super.schedule(command, delay, unit);
    }
    command.run();
    return new Scheduled(() -> {});
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    if (ticks.getAndIncrement() > 0) {
      overlaps.incrementAndGet();
    }
    return new Scheduled(ticks::decrementAndGet);
  }

  private static final class Scheduled extends CompletableFuture<Boolean>
      implements ScheduledFuture<Boolean> {
    private final Runnable onCancel;

    Scheduled(Runnable onCancel) {
      this.onCancel = onCancel;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      onCancel.run();
      return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    @SuppressWarnings("ComparableType")
    public int compareTo(Delayed other) {
      return 0;
    }
  }
}
