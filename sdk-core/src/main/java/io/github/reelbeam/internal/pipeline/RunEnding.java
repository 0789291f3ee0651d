package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.internal.transfer.TransferRun;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that nothing of a run is on the network any more when the next begins. */
final class RunEnding {
  private static final Logger log = LoggerFactory.getLogger(RunEnding.class);
  private static final Duration LET_GO = Duration.ofSeconds(10);

  private final Environment environment;
  private final UploadJob job;
  private final TransferRun run;

  RunEnding(Environment environment, UploadJob job, TransferRun run) {
    this.environment = environment;
    this.job = job;
    this.run = run;
  }

  /** Lets the parts in flight end by themselves for a while, then drops them. */
  void end(Duration grace) {
    if (!grace.isZero()) {
      isQuietWithin(run.drain(), grace);
    }
    if (!isQuietWithin(run.stop(), LET_GO)) {
      log.warn("upload {}: requests are still under way {} after the stop", job.id(), LET_GO);
    }
  }

  private boolean isQuietWithin(CompletableFuture<Void> quiet, Duration time) {
    return AbortParts.endsWithin(quiet, time, environment.scheduler());
  }
}
