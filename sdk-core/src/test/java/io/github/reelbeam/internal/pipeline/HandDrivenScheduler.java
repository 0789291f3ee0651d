package io.github.reelbeam.internal.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Remembers delays. They end at once; or never, and the test is told instead that one began. */
final class HandDrivenScheduler extends ScheduledThreadPoolExecutor {
  private final List<Duration> delays = new ArrayList<>();
  private final @Nullable Runnable onDelay;

  private HandDrivenScheduler(@Nullable Runnable onDelay) {
    super(1);
    this.onDelay = onDelay;
    setRemoveOnCancelPolicy(true);
  }

  static HandDrivenScheduler immediate() {
    return new HandDrivenScheduler(null);
  }

  static HandDrivenScheduler endless(Runnable onDelay) {
    return new HandDrivenScheduler(onDelay);
  }

  List<Duration> delays() {
    return delays;
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(Executors.callable(command), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    delays.add(Duration.of(delay, unit.toChronoUnit()));
    if (onDelay == null) {
      return super.schedule(callable, 0, TimeUnit.NANOSECONDS);
    }
    ScheduledFuture<V> endless = super.schedule(callable, 1, TimeUnit.DAYS);
    onDelay.run();
    return endless;
  }

  /** How many delays are neither over nor cancelled. */
  int running() {
    return getQueue().size();
  }
}
