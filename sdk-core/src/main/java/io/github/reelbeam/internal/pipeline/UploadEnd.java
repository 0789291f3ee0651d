package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.internal.log.Loggers;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an upload came to its end in this process: its last state, its last event, and its outcome.
 *
 * @param last the state
 * @param event the event
 * @param asset what has come of it, if it is done
 * @param failure why nothing has, if it is not
 */
record UploadEnd(
    UploadState last,
    Consumer<UploadListener> event,
    @Nullable VideoAsset asset,
    @Nullable Throwable failure) {
  private static final Logger log = LoggerFactory.getLogger(Loggers.UPLOAD);

  /** The backend knows of the asset. */
  static UploadEnd notified(VideoAsset asset) {
    return new UploadEnd(UploadState.NOTIFIED, l -> l.onCompleted(asset), asset, null);
  }

  static UploadEnd failed(UploadException failure) {
    return new UploadEnd(UploadState.FAILED, l -> l.onFailed(failure), null, failure);
  }

  static UploadEnd cancelled(UploadJob job) {
    return new UploadEnd(
        UploadState.CANCELLED,
        UploadListener::onCancelled,
        null,
        new CancellationException("upload " + job.id() + " was cancelled"));
  }

  /** The uploader is closed, while there was still something to do. */
  static UploadEnd closed(UploadJob job) {
    boolean discarding = job.entry().state() == UploadState.CANCELLED;
    return failed(
        new UploadException(
            "upload "
                + job.id()
                + " was stopped because its VideoUploader was closed; "
                + (discarding
                    ? "S3 has yet to be told that it is discarded, which the next VideoUploader"
                        + " does"
                    : "what is stored is kept, start it again to go on"),
            new Details(job.id(), Stage.TRANSFER, true, null),
            null));
  }

  /** Puts a failure into the journal; the other ends are there, or leave it, by themselves. */
  void write(UploadJob job, Environment environment) {
    if (!(failure instanceof UploadException)) {
      log.info("upload {} is at its end: {}", job.id(), last);
      return;
    }
    // no more than that: whether it is worth a warning, the app decides, which is told
    log.info("{}", failure.getMessage());
    try {
      job.write(entry -> entry.failed(String.valueOf(failure.getMessage()), environment.now()));
    } catch (Throwable e) {
      // the entry before stands, which is enough to go on from
      failure.addSuppressed(e);
    }
  }

  /** The last that its listeners hear. */
  void tell(UploadJob job) {
    job.enter(last);
    job.timeline().ended(failure);
    if (failure instanceof UploadException told) {
      told.initTimeline(job.timeline().snapshot());
    }
    job.events().end(event);
  }

  /** Lets those go on who wait for it. */
  void complete(Outcome outcome) {
    outcome.complete(asset, failure);
  }
}
