package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.NotificationException;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.internal.http.Connectivity;
import java.util.concurrent.ExecutionException;

/** STORED to NOTIFIED: tells the backend, as often as it takes, under one idempotency key. */
final class NotifyBackend {
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
        String response =
            stop.call(() -> environment.notifier().notify(asset), environment.workers());
        return asset.withResponse(response);
      } catch (ExecutionException e) {
        NotificationException refused = Failures.notification(job, e.getCause());
        boolean passes = refused.isResumable() && !BackendOutage.takesAPerson(refused);
        if (isNotThere(refused) || !passes || !patience.isLeft()) {
          throw refused;
        }
        // the video is safe: all there is to do is to wait for the backend
        patience.pause(
            Connectivity.isUnreachable(refused) ? WaitReason.OFFLINE : WaitReason.BACKOFF);
      }
    }
  }
}
