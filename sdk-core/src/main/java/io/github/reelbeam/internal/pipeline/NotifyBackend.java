package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.NotificationException;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.internal.http.Connectivity;
import io.github.reelbeam.internal.log.Loggers;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** STORED to NOTIFIED: tells the backend, as often as it takes, under one idempotency key. */
final class NotifyBackend {
  private static final Logger log = LoggerFactory.getLogger(Loggers.NOTIFY);

  private final Environment environment;

  NotifyBackend(Environment environment) {
    this.environment = environment;
  }

  /** Whether the backend has looked for the object and not found it. */
  static boolean isNotThere(NotificationException refused) {
    return refused.code().filter("asset_not_found"::equals).isPresent();
  }

  VideoAsset run(UploadJob job, StopSignal stop) throws StoppedException {
    VideoAsset asset = job.asset();
    Patience patience = new Patience(environment, job, stop);
    while (true) {
      try {
        String response = job.call(stop, () -> environment.notifier().notify(asset));
        log.debug("upload {}: the backend has taken it", job.id());
        return asset.withResponse(response);
      } catch (ExecutionException e) {
        NotificationException refused = Failures.notification(job, e.getCause());
        boolean passes = refused.isResumable() && !BackendOutage.takesAPerson(refused);
        if (isNotThere(refused) || !passes || !patience.isLeft()) {
          throw refused;
        }
        log.debug("upload {}: not taken yet: {}", job.id(), refused.getMessage());
        // the video is safe: all there is to do is to wait for the backend
        patience.pause(
            Connectivity.isUnreachable(refused) ? WaitReason.OFFLINE : WaitReason.BACKOFF);
      }
    }
  }
}
