package io.github.reelbeam.examples.topics;

import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.net.URI;
import java.nio.file.Path;

/** What a listener hears: progress, parts, retries, waiting. Arguments: BACKEND FILE. */
public final class ShowProgress {
  private ShowProgress() {}

  /** Uploads the file and prints each event. */
  public static void main(String... arguments) throws InterruptedException {
    URI backend = URI.create(arguments[0]);
    Path file = Path.of(arguments[1]).toAbsolutePath();

    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend, () -> "Bearer token-of-your-session")
            .journal(FileUploadJournal.at(file.resolveSibling("uploads")))
            .build()) {
      uploader.upload(UploadRequest.builder(file).listener(new Printer()).build()).await();
    }
  }

  /** The events come one after another, never two at a time: no lock is needed. */
  private static final class Printer implements UploadListener {
    @Override
    public void onProgress(UploadProgress progress) {
      String left = progress.timeLeft().map(time -> time.toSeconds() + " s left").orElse("");
      System.out.printf(
          "%3d%%  %d kB/s  %s%n",
          (int) (100 * progress.fraction()), progress.bytesPerSecond() / 1000, left);
    }

    @Override
    public void onPartCompleted(PartCompleted part) {
      System.out.printf("part %d is in S3%n", part.partNumber());
    }

    @Override
    public void onPartRetry(PartRetry retry) {
      System.out.printf(
          "part %d again in %s: %s%n", retry.partNumber(), retry.delay(), retry.reason());
    }

    @Override
    public void onStateChanged(StateChange change) {
      System.out.printf("%s -> %s%n", change.from(), change.to());
    }
  }
}
