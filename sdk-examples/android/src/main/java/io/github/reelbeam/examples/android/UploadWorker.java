package io.github.reelbeam.examples.android;

import android.content.Context;
import androidx.work.Worker;
import androidx.work.WorkerParameters;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.android.AndroidUploads;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * The same for apps that have WorkManager: enqueue it as unique work, with a network constraint.
 */
public final class UploadWorker extends Worker {
  /** WorkManager calls it. */
  public UploadWorker(Context context, WorkerParameters parameters) {
    super(context, parameters);
  }

  @Override
  public Result doWork() {
    VideoUploader uploader = VideoApp.uploader(getApplicationContext());
    boolean again = false;
    try {
      List<Upload> uploads = AndroidUploads.resumeAll(getApplicationContext(), uploader).get();
      for (Upload upload : uploads) {
        try {
          upload.await();
        } catch (UploadException e) {
          // told to its listener, and kept in the journal
          again |= e.isResumable();
        }
      }
    } catch (ExecutionException e) {
      again = true;
    } catch (InterruptedException e) {
      // WorkManager wants it to end: the uploads go on as long as the process lives
      Thread.currentThread().interrupt();
      again = true;
    }
    return again ? Result.retry() : Result.success();
  }
}
