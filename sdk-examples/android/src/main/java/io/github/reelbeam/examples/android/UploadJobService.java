package io.github.reelbeam.examples.android;

import android.app.Notification;
import android.app.NotificationChannel;
import android.app.NotificationManager;
import android.app.job.JobInfo;
import android.app.job.JobParameters;
import android.app.job.JobScheduler;
import android.app.job.JobService;
import android.content.ComponentName;
import android.content.Context;
import android.net.NetworkCapabilities;
import android.net.NetworkRequest;
import android.os.Build;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.android.AndroidUploads;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the process alive while there is something to upload: on Android 14 and later as a
 * user-initiated data transfer job, which may take as long as it takes; before that as a plain job
 * of some minutes, after which the next one goes on.
 */
public final class UploadJobService extends JobService {
  private static final int JOB = 1;
  private static final int NOTIFICATION = 1;
  private static final String CHANNEL = "uploads";

  /** Has the job run as soon as there is a network. User-initiated ones are scheduled in sight. */
  static void schedule(Context context) {
    NetworkRequest internet =
        new NetworkRequest.Builder()
            .addCapability(NetworkCapabilities.NET_CAPABILITY_INTERNET)
            .build();
    JobInfo.Builder job =
        new JobInfo.Builder(JOB, new ComponentName(context, UploadJobService.class));
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
      job.setUserInitiated(true).setRequiredNetwork(internet);
    } else {
      job.setRequiredNetworkType(JobInfo.NETWORK_TYPE_ANY);
    }
    context.getSystemService(JobScheduler.class).schedule(job.build());
  }

  @Override
  public boolean onStartJob(JobParameters parameters) {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) {
      setNotification(parameters, NOTIFICATION, notification(), JOB_END_NOTIFICATION_POLICY_REMOVE);
    }
    // those that run already are among them: to resume one that runs changes nothing
    VideoUploader uploader = VideoApp.uploader(this);
    var unused =
        AndroidUploads.resumeAll(this, uploader)
            .thenCompose(UploadJobService::isOneLeft)
            .whenComplete((left, failure) -> jobFinished(parameters, failure != null || left));
    return true;
  }

  /**
   * Waits for all of them to end; whether one has failed that a later job may have more luck with.
   */
  private static CompletableFuture<Boolean> isOneLeft(List<Upload> uploads) {
    CompletableFuture<Boolean> left = CompletableFuture.completedFuture(false);
    for (Upload upload : uploads) {
      left =
          left.thenCombine(
              upload.completion().handle((asset, failure) -> isResumable(failure)),
              Boolean::logicalOr);
    }
    return left;
  }

  private static boolean isResumable(@Nullable Throwable failure) {
    return failure instanceof UploadException e && e.isResumable();
  }

  /** The system wants the job to end: what is stored is kept, and the next job goes on. */
  @Override
  public boolean onStopJob(JobParameters parameters) {
    return true;
  }

  private Notification notification() {
    getSystemService(NotificationManager.class)
        .createNotificationChannel(
            new NotificationChannel(CHANNEL, "Uploads", NotificationManager.IMPORTANCE_LOW));
    return new Notification.Builder(this, CHANNEL)
        .setSmallIcon(android.R.drawable.stat_sys_upload)
        .setContentTitle("Uploading videos")
        .setOngoing(true)
        .build();
  }
}
