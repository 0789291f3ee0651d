package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.NotificationException;
import io.github.reelbeam.SourceException;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.journal.JournalEntry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The flow of one upload: grant, transfer, notify.
 *
 * <p>Each step looks at the journal entry, does what is left to do, and has its outcome in the
 * journal before the next step relies on it. So the same pass serves a new upload, one that was
 * paused, and one whose process was killed.
 */
final class UploadPipeline {
  private static final Logger log = LoggerFactory.getLogger(Loggers.UPLOAD);

  private static final Duration WITHDRAW = Duration.ofSeconds(10);

  private final Environment environment;
  private final AbortParts abortParts;
  private final ObtainGrant obtainGrant;
  private final TransferVideo transferVideo;
  private final NotifyBackend notifyBackend;

  UploadPipeline(Environment environment) {
    this.environment = environment;
    this.abortParts = new AbortParts(environment);
    this.obtainGrant = new ObtainGrant(environment);
    this.transferVideo = new TransferVideo(environment);
    this.notifyBackend = new NotifyBackend(environment);
  }

  VideoAsset run(UploadJob job, StopSignal stop) throws StoppedException {
    try {
      return pass(job, stop);
    } catch (SourceException changed) {
      if (!changed.isResumable()) {
        withdraw(job);
      }
      throw changed;
    }
  }

  /** The stored parts of a source that is another by now are of no use to anybody. */
  private void withdraw(UploadJob job) {
    CompletableFuture<Void> abort = abortParts.begin(job);
    boolean ended = AbortParts.endsWithin(abort, WITHDRAW, environment.scheduler());
    if (!ended || abort.isCompletedExceptionally()) {
      log.warn("upload {}: its parts are still in S3, until it is discarded", job.id());
    } else if (job.entry().transfer() != null) {
      job.startOver();
    }
  }

  private VideoAsset pass(UploadJob job, StopSignal stop) throws StoppedException {
    JournalEntry entry = job.entry();
    if (entry.stored() == null) {
      if (entry.transfer() == null) {
        SourceIdentity.verifyUnread(job.source(), entry.source(), job.id());
      } else {
        SourceIdentity.verify(job.source(), entry.source(), job.id());
      }
    }
    VideoAsset asset = untilAllIsThere(job, stop);
    // where nobody has seen the store's answer, it is the backend that has seen the object
    job.confirmed();
    job.forget();
    return asset;
  }

  /** The object may turn out not to be there, and the grant to be too old: once each. */
  private VideoAsset untilAllIsThere(UploadJob job, StopSignal stop) throws StoppedException {
    boolean sentAgain = false;
    boolean grantedAgain = false;
    while (true) {
      try {
        return grantTransferNotify(job, stop);
      } catch (NotificationException refused) {
        if (!NotifyBackend.isNotThere(refused) || sentAgain) {
          throw refused;
        }
        sentAgain = true;
        log.warn("upload {}: the backend has not found the object; it is sent again", job.id());
        SourceIdentity.verify(job.source(), job.entry().source(), job.id());
        job.timeline().startedOver("the backend has not found the object");
        job.startOver();
      } catch (GrantException refused) {
        if (!ObtainGrant.hasLapsed(refused) || grantedAgain) {
          throw refused;
        }
        grantedAgain = true;
        log.warn("upload {}: its grant is too old to be renewed; it gets another", job.id());
        job.timeline().startedOver("the grant is too old to be renewed");
        job.startFromTheGrant();
      }
    }
  }

  private VideoAsset grantTransferNotify(UploadJob job, StopSignal stop) throws StoppedException {
    if (job.entry().stored() == null) {
      // with credentials in hand, they would run out while it waits
      environment.network().await(job, stop);
    }
    obtainGrant.run(job, stop);
    transferVideo.run(job, stop);
    return notifyBackend.run(job, stop);
  }
}
