package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Waits for the network, or for a server that needs time, in one stretch: with growing delays, up
 * to the policy's {@link RetryPolicy#giveUpAfter()}. The upload can be stopped meanwhile.
 */
final class Patience {
  private final Environment environment;
  private final UploadJob job;
  private final StopSignal stop;
  private final long since;
  private int times;

  Patience(Environment environment, UploadJob job, StopSignal stop) {
    this.environment = environment;
    this.job = job;
    this.stop = stop;
    this.since = environment.nanoTime().getAsLong();
  }

  /** Whether it is worth waiting any more. */
  boolean isLeft() {
    Duration waited = Duration.ofNanos(environment.nanoTime().getAsLong() - since);
    return waited.compareTo(environment.retryPolicy().giveUpAfter()) < 0;
  }

  /** Waits once, and goes back to the state there was before. */
  void pause(WaitReason reason) throws StoppedException {
    UploadState before = job.state();
    job.enter(UploadState.WAITING, reason);
    ScheduledExecutorService scheduler = environment.scheduler();
    stop.sleep(environment.retryPolicy().delay(++times, environment.random()), scheduler);
    if (before != UploadState.WAITING) {
      job.enter(before);
    }
  }
}
