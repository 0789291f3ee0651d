package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.transfer.TransferRun;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that nothing of a run is on the network any more when the next begins, and that
 * nothing is heard of it any more.
 */
final class RunEnding {
  private static final Logger log = LoggerFactory.getLogger(Loggers.TRANSFER);
  private static final Duration LET_GO = Duration.ofSeconds(10);

  // a store that answers does so in a moment; one that does not may take for ever
  private static final Duration TO_OPEN = Duration.ofSeconds(3);

  private final Environment environment;
  private final UploadJob job;
  private final TransferRun run;
  private final RunReports reports;

  RunEnding(Environment environment, UploadJob job, TransferRun run, RunReports reports) {
    this.environment = environment;
    this.job = job;
    this.run = run;
    this.reports = reports;
  }

  /** Lets the parts in flight end by themselves for a while, then drops them. */
  void end(Duration grace) {
    if (!grace.isZero()) {
      isQuietWithin(run.drain(), grace);
    }
    if (!isQuietWithin(run.opening(), TO_OPEN)) {
      log.debug("upload {}: the store may have opened a multipart upload unseen", job.id());
    }
    if (!isQuietWithin(run.stop(), LET_GO)) {
      log.warn("upload {}: requests are still under way {} after the stop", job.id(), LET_GO);
    }
    reports.end();
  }

  private boolean isQuietWithin(CompletableFuture<Void> quiet, Duration time) {
    return AbortParts.endsWithin(quiet, time, environment.scheduler());
  }
}
