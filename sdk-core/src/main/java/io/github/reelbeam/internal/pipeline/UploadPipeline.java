package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.NotificationException;
import io.github.reelbeam.VideoAsset;
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
  private static final Logger log = LoggerFactory.getLogger(UploadPipeline.class);

  private final ObtainGrant obtainGrant;
  private final TransferVideo transferVideo;
  private final NotifyBackend notifyBackend;

  UploadPipeline(Environment environment) {
    this.obtainGrant = new ObtainGrant(environment);
    this.transferVideo = new TransferVideo(environment);
    this.notifyBackend = new NotifyBackend(environment);
  }

  VideoAsset run(UploadJob job, StopSignal stop) throws StoppedException {
    if (job.entry().stored() == null) {
      SourceIdentity.verify(job.source(), job.entry().source(), job.id());
    }
    VideoAsset asset;
    try {
      asset = grantTransferNotify(job, stop);
    } catch (NotificationException refused) {
      if (!NotifyBackend.isNotThere(refused)) {
        throw refused;
      }
      log.warn("upload {}: the backend has not found the object; it is sent again", job.id());
      SourceIdentity.verify(job.source(), job.entry().source(), job.id());
      job.startOver();
      asset = grantTransferNotify(job, stop);
    }
    job.meter().confirmed();
    job.forget();
    return asset;
  }

  private VideoAsset grantTransferNotify(UploadJob job, StopSignal stop) throws StoppedException {
    obtainGrant.run(job, stop);
    transferVideo.run(job, stop);
    return notifyBackend.run(job, stop);
  }
}
