package io.github.reelbeam.crash;

import io.github.reelbeam.JournalException;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * An app in a JVM of its own that uploads one file, or goes on with what is pending, and dies on
 * the way. It prints what it passes, line by line: points, states, {@code accepted} once the upload
 * is in the journal, and how it ended.
 */
public final class CrashingUploader {
  static final int REFUSED = 3;
  static final int FAILED = 4;

  static final String ACCEPTED = "accepted ";
  static final String STATE = "state ";
  static final String ASSET = "asset ";
  static final String REFUSAL = "refused: ";

  private CrashingUploader() {}

  /** What the child is to do. */
  enum Task {
    /** {@link VideoUploader#upload}, as the same command given again would. */
    UPLOAD,
    /** {@link VideoUploader#resumeAll}, as an app does at its start. */
    RESUME,
    /** As {@link #UPLOAD}, but it pauses once the first part is stored, and stays so. */
    PAUSE
  }

  /**
   * Runs.
   *
   * @param arguments backend, file, journal folder, task, fatal point or {@code none}, parallelism,
   *     bytes per second or 0
   */
  public static void main(String[] arguments) throws InterruptedException {
    URI backend = URI.create(arguments[0]);
    Path file = Path.of(arguments[1]);
    Path journal = Path.of(arguments[2]);
    Task task = Task.valueOf(arguments[3]);
    CrashPoints points = new CrashPoints(arguments[4]);
    TransferOptions options =
        TransferOptions.builder()
            .partSize(TransferOptions.MIN_PART_SIZE)
            .parallelism(Integer.parseInt(arguments[5]))
            .rateLimit(Long.parseLong(arguments[6]))
            .build();
    // halt and not exit: nothing is left to be done, and OkHttp's threads would linger
    Runtime.getRuntime().halt(run(backend, file, journal, task, points, options));
  }

  private static int run(
      URI backend, Path file, Path journal, Task task, CrashPoints points, TransferOptions options)
      throws InterruptedException {
    OkHttpClient client =
        new OkHttpClient.Builder().eventListener(new S3CrashPoints(points)).build();
    BackendCrashPoints backendPoints = new BackendCrashPoints(backend, client, points);
    try (VideoUploader uploader =
        VideoUploader.builder()
            .credentialsFetcher(backendPoints)
            .assetNotifier(backendPoints)
            .journal(new JournalCrashPoints(FileUploadJournal.at(journal), points))
            .transferOptions(options)
            .httpClient(client)
            .build()) {
      for (Upload upload : uploads(uploader, file, task)) {
        System.out.println(ACCEPTED + upload.id());
        System.out.println(ASSET + upload.await().key());
      }
      return 0;
    } catch (JournalException e) {
      System.out.println(REFUSAL + e.getMessage());
      return REFUSED;
    } catch (UploadException e) {
      System.out.println("failed: " + e.getMessage());
      e.printStackTrace();
      return FAILED;
    }
  }

  private static List<Upload> uploads(VideoUploader uploader, Path file, Task task) {
    return switch (task) {
      case UPLOAD, PAUSE ->
          List.of(
              uploader.upload(
                  UploadRequest.builder(file)
                      .listener(new PrintingListener(task == Task.PAUSE))
                      .build()));
      case RESUME -> uploader.resumeAll();
    };
  }

  private static final class PrintingListener implements UploadListener {
    private final boolean pauses;
    private volatile @Nullable Upload upload;

    PrintingListener(boolean pauses) {
      this.pauses = pauses;
    }

    @Override
    public void onStarted(Upload started) {
      upload = started;
    }

    @Override
    public void onPartCompleted(PartCompleted part) {
      if (pauses && upload != null) {
        upload.pause();
      }
    }

    @Override
    public void onStateChanged(StateChange change) {
      System.out.println(STATE + change.to());
    }
  }
}
