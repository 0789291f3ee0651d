package io.github.reelbeam.android;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What an app does with Reelbeam: uploads a file, pauses and resumes it, and at its next start goes
 * on with what is pending. It has no screen and no {@code Context}, so that what R8 leaves of it
 * runs on a JVM too; what {@code AndroidUploads} would choose it chooses itself, hence the package.
 *
 * <p>It prints what it passes, line by line.
 */
@NullMarked
public final class SmallApp {
  static final int FAILED = 4;

  private SmallApp() {}

  /**
   * Runs.
   *
   * @param arguments the backend, the journal's folder, bytes per second or 0, and the video; what
   *     is pending instead if there is no video
   */
  public static void main(String[] arguments) {
    int exitCode = 0;
    try {
      run(
          URI.create(arguments[0]),
          new File(arguments[1]).toPath(),
          Long.parseLong(arguments[2]),
          arguments.length > 3 ? new File(arguments[3]).toPath() : null);
    } catch (Throwable e) {
      e.printStackTrace();
      exitCode = FAILED;
    }
    // halt and not exit: nothing is left to be done, and OkHttp's threads would linger
    Runtime.getRuntime().halt(exitCode);
  }

  private static void run(URI backend, Path journal, long bytesPerSecond, @Nullable Path video)
      throws InterruptedException {
    StaxChoice.ensure();
    TransferOptions options =
        TransferOptions.builder()
            .partSize(TransferOptions.MIN_PART_SIZE)
            .parallelism(2)
            .rateLimit(bytesPerSecond)
            .build();
    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend, () -> "Bearer of-the-user")
            .journal(FileUploadJournal.at(journal))
            .transferOptions(options)
            .build()) {
      List<Upload> uploads =
          video == null ? uploader.resumeAll() : List.of(uploader.upload(request(video)));
      for (Upload upload : uploads) {
        System.out.println("upload " + upload.id());
        System.out.println("asset " + upload.await().key());
      }
    }
  }

  private static UploadRequest request(Path video) {
    return UploadRequest.builder(video)
        .metadata("title", "Holiday")
        .listener(new PausingListener())
        .build();
  }

  /** Pauses after the first part, and resumes once no part is in flight any more. */
  private static final class PausingListener implements UploadListener {
    private final AtomicBoolean pauses = new AtomicBoolean(true);
    private volatile @Nullable Upload upload;

    @Override
    public void onStarted(Upload started) {
      upload = started;
    }

    @Override
    public void onPartCompleted(PartCompleted part) {
      System.out.println("part " + part.partsCompleted() + " of " + part.partsTotal());
      if (upload != null && part.partsTotal() > 1 && pauses.compareAndSet(true, false)) {
        upload.pause();
      }
    }

    @Override
    public void onStateChanged(StateChange change) {
      System.out.println("state " + change.to());
      if (upload != null && change.to() == UploadState.PAUSED) {
        upload.resume();
      }
    }
  }
}
