package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.TransferOptions.ChecksumMode;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.internal.http.Connectivity;
import io.github.reelbeam.internal.transfer.FailureKind;
import io.github.reelbeam.internal.transfer.PartPlan;
import io.github.reelbeam.internal.transfer.TransferFailure;
import io.github.reelbeam.internal.transfer.TransferOrder;
import io.github.reelbeam.internal.transfer.TransferRun;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GRANTED to STORED: runs the engine until S3 has confirmed the object, or it cannot be done. */
final class TransferVideo {
  private static final Logger log = LoggerFactory.getLogger(TransferVideo.class);
  private static final long QUIET_SECONDS = 10;

  private final Environment environment;

  TransferVideo(Environment environment) {
    this.environment = environment;
  }

  void run(UploadJob job, StopSignal stop) throws StoppedException {
    if (job.entry().stored() != null) {
      confirmed(job);
      return;
    }
    if (job.entry().transfer() == null) {
      plan(job);
    }
    job.enter(UploadState.TRANSFERRING);
    Stored stored = transfer(job, stop);
    job.write(entry -> entry.stored(stored, environment.now()));
    confirmed(job);
  }

  /** The state first: a listener is never told of 100% before it knows that the object is there. */
  private static void confirmed(UploadJob job) {
    job.enter(UploadState.STORED);
    job.meter().confirmed();
  }

  private void plan(UploadJob job) {
    PartPlan plan = PartPlan.of(job.entry().source().size(), environment.options().partSize());
    boolean checksummed = environment.options().checksum() == ChecksumMode.CRC32;
    Transfer transfer = new Transfer(plan.partSize(), null, checksummed);
    job.write(entry -> entry.transferring(transfer, environment.now()));
  }

  private Stored transfer(UploadJob job, StopSignal stop) throws StoppedException {
    Patience patience = new Patience(environment, job, stop);
    RunReporter reporter = new RunReporter(environment, job);
    boolean credentialsAreFresh = false;
    while (true) {
      try {
        return runOnce(job, stop, reporter);
      } catch (TransferFailure failure) {
        log.debug("upload {}: the run ended: {}", job.id(), failure.getMessage());
        if (reporter.hasCommitted()) {
          // it gets somewhere: the next failure is judged for itself
          patience = new Patience(environment, job, stop);
          credentialsAreFresh = false;
        }
        if (mayBeCredentials(failure) && !credentialsAreFresh) {
          job.session().invalidate();
          credentialsAreFresh = true;
        } else if (failure.kind() == FailureKind.UPLOAD_GONE) {
          startOver(job);
        } else if (isUnreachable(failure) && patience.isLeft()) {
          patience.wait(WaitReason.OFFLINE);
        } else {
          throw Failures.transfer(job, failure);
        }
      }
    }
  }

  /** Some stores say no more than AccessDenied when a token has expired, Ceph among them. */
  private static boolean mayBeCredentials(TransferFailure failure) {
    return failure.kind() == FailureKind.CREDENTIALS || failure.kind() == FailureKind.DENIED;
  }

  private static boolean isUnreachable(TransferFailure failure) {
    return failure.kind() == FailureKind.UNREACHABLE
        || (failure.kind() == FailureKind.GRANT && Connectivity.isUnreachable(failure));
  }

  private void startOver(UploadJob job) {
    Transfer before = Objects.requireNonNull(job.entry().transfer(), "planned above");
    log.warn("upload {}: the store has lost the parts; they are sent again", job.id());
    job.write(
        entry ->
            entry.transferring(
                new Transfer(before.partSize(), null, before.checksummed()), environment.now()));
  }

  private Stored runOnce(UploadJob job, StopSignal stop, RunReporter reporter)
      throws StoppedException, TransferFailure {
    stop.check();
    JournalEntry entry = job.entry();
    Transfer transfer = Objects.requireNonNull(entry.transfer(), "planned above");
    TransferRun run =
        environment
            .engine()
            .start(
                new TransferOrder(
                    job.source(),
                    new PartPlan(entry.source().size(), transfer.partSize()),
                    entry.object(),
                    job.target(),
                    transfer.multipartUploadId(),
                    transfer.checksummed(),
                    job.session()::credentials),
                reporter.forNewRun());
    try {
      return stop.await(run.result());
    } catch (StoppedException e) {
      awaitQuiet(job, run);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransferFailure failure) {
        throw failure;
      }
      throw Failures.unexpected(job, e);
    }
  }

  /** No straggler of this run may be on the network when the next begins. */
  private static void awaitQuiet(UploadJob job, TransferRun run) {
    try {
      run.stop().get(QUIET_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn(
          "upload {}: requests are still under way {} s after the stop", job.id(), QUIET_SECONDS);
    }
  }
}
