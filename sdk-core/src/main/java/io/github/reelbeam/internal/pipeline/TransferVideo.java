package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.TransferOptions.ChecksumMode;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.transfer.FailureKind;
import io.github.reelbeam.internal.transfer.PartPlan;
import io.github.reelbeam.internal.transfer.TransferFailure;
import io.github.reelbeam.internal.transfer.TransferOrder;
import io.github.reelbeam.internal.transfer.TransferRun;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.io.Serial;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** GRANTED to STORED: runs the engine until S3 has confirmed the object, or it cannot be done. */
final class TransferVideo {
  private static final Logger log = LoggerFactory.getLogger(Loggers.TRANSFER);

  // parts in flight when another one ends the run are worth this long a wait
  private static final Duration FINISH_PARTS = Duration.ofSeconds(10);

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
    Stored stored = Objects.requireNonNull(job.entry().stored(), "written just now");
    if (stored.confirmed()) {
      job.confirmed();
    }
  }

  private void plan(UploadJob job) {
    long length = job.entry().source().size();
    long wanted = environment.options().partSize();
    PartPlan plan =
        PartPlan.of(
            length,
            wanted == TransferOptions.AUTOMATIC
                ? PartSize.of(length, environment.engine().slots().ratePerConnection())
                : wanted);
    boolean checksummed = environment.options().checksum() == ChecksumMode.CRC32;
    job.write(
        entry ->
            entry.transferring(Transfer.planned(plan.partSize(), checksummed), environment.now()));
  }

  /** One run after another, until one confirms the object or says that it cannot be done. */
  private Stored transfer(UploadJob job, StopSignal stop) throws StoppedException {
    Patience patience = new Patience(environment, job, stop);
    RunReporter reporter = new RunReporter(environment, job);
    TransferFailure refused = null;
    boolean startedOver = false;
    boolean wasCorrupt = false;
    while (true) {
      environment.network().await(job, stop);
      TransferOrder order = order(job);
      try {
        return runOnce(job, order, stop, reporter);
      } catch (NetworkShutException shut) {
        log.debug("upload {}: it may not use the network as it is now", job.id());
      } catch (TransferFailure failure) {
        job.timeline().runFailed(String.valueOf(failure.getMessage()));
        log.debug("upload {}: the run ended: {}", job.id(), failure.getMessage());
        if (reporter.hasCommitted()) {
          // it gets somewhere: the next failure is judged for itself
          patience = new Patience(environment, job, stop);
          refused = null;
          startedOver = false;
        }
        if (failure.mayBeCredentials() && refused == null) {
          job.session().invalidate();
          refused = failure;
        } else if (mayBeComplete(failure) && transferOf(job).completing()) {
          return unseen(job, order, stop);
        } else if (failure.kind() == FailureKind.UPLOAD_GONE && !startedOver) {
          startOver(job, failure);
          startedOver = true;
        } else if (failure.kind() == FailureKind.CORRUPT) {
          // also for the last time: or a resume would take it for an object completed unseen
          startOver(job, failure);
          if (wasCorrupt) {
            throw Failures.transfer(job, failure);
          }
          wasCorrupt = true;
        } else if (outage(failure).isPresent() && patience.isLeft()) {
          patience.pause(outage(failure).get());
        } else if (failure.kind() == FailureKind.GRANT && refused != null) {
          throw Failures.noOtherCredentials(job, failure, refused);
        } else {
          throw Failures.transfer(job, failure);
        }
      }
    }
  }

  private static void startOver(UploadJob job, TransferFailure failure) {
    log.warn("upload {}: {}; its parts have to be sent again", job.id(), failure.getMessage());
    job.timeline().startedOver(String.valueOf(failure.getMessage()));
    job.startOver();
  }

  /** Nobody can look any more: the multipart upload is gone, or there are no credentials for it. */
  private static boolean mayBeComplete(TransferFailure failure) {
    return failure.kind() == FailureKind.UPLOAD_GONE
        || Failures.refusedGrant(failure).filter(ObtainGrant::hasLapsed).isPresent();
  }

  /** The run itself waits for the store; only waiting for the backend is left to do here. */
  private static Optional<WaitReason> outage(TransferFailure failure) {
    return Failures.refusedGrant(failure).flatMap(BackendOutage::of);
  }

  /**
   * The request that makes the object may have succeeded without its answer being seen, in this
   * process or in one that was killed: then the multipart upload is gone because it is complete.
   * The credentials do not allow to look; the backend does, and says so if the object is not there.
   */
  private Stored unseen(UploadJob job, TransferOrder order, StopSignal stop)
      throws StoppedException {
    log.info("upload {}: its completion was not seen; the backend will look", job.id());
    try {
      return job.call(stop, () -> unconfirmed(job, order));
    } catch (ExecutionException e) {
      throw Failures.of(job, e.getCause());
    }
  }

  private static Stored unconfirmed(UploadJob job, TransferOrder order) {
    try {
      return TransferRun.unconfirmed(order);
    } catch (TransferFailure failure) {
      throw Failures.transfer(job, failure);
    }
  }

  private TransferOrder order(UploadJob job) {
    JournalEntry entry = job.entry();
    Transfer transfer = transferOf(job);
    return new TransferOrder(
        job.source(),
        new PartPlan(entry.source().size(), transfer.partSize()),
        entry.object(),
        job.target(),
        transfer.multipartUploadId(),
        transfer.confirmed(),
        transfer.checksummed(),
        job.session()::credentials,
        job::priority,
        job.context());
  }

  private static Transfer transferOf(UploadJob job) {
    return Objects.requireNonNull(job.entry().transfer(), "planned before the first run");
  }

  /** Whether the other parts, which are on their way, will be of any use. */
  private static boolean isWorthFinishing(TransferFailure failure) {
    return switch (failure.kind()) {
      case SOURCE, SOURCE_CHANGED, UPLOAD_GONE -> false;
      default -> true;
    };
  }

  private Stored runOnce(UploadJob job, TransferOrder order, StopSignal stop, RunReporter reporter)
      throws StoppedException, NetworkShutException, TransferFailure {
    stop.check();
    RunReports reports = new RunReports(reporter.forNewRun());
    TransferRun run = environment.engine().start(order, reports);
    RunEnding ending = new RunEnding(environment, job, run, reports);
    try {
      CompletableFuture<Stored> result = run.result();
      stop.await(CompletableFuture.anyOf(result, environment.network().shut()));
      if (!result.isDone()) {
        throw new NetworkShutException();
      }
      Stored stored = stop.await(result);
      reports.end();
      return stored;
    } catch (NetworkShutException e) {
      // what is in flight costs as well
      ending.end(Duration.ZERO);
      throw e;
    } catch (StoppedException e) {
      ending.end(stop.grace());
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransferFailure failure) {
        Duration grace = isWorthFinishing(failure) ? FINISH_PARTS : Duration.ZERO;
        ending.end(grace);
        throw failure;
      }
      throw Failures.of(job, e.getCause());
    }
  }

  /** The run was ended because it may not use the network any more. */
  private static final class NetworkShutException extends Exception {
    @Serial private static final long serialVersionUID = 1L;
  }
}
