package io.github.reelbeam.android;

import android.content.Context;
import android.net.Uri;
import io.github.reelbeam.PendingUpload;
import io.github.reelbeam.SourceResolver;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Where an Android app begins: an uploader that fits the platform, and the call that goes on with
 * everything at the app's start.
 *
 * <p>One uploader serves the whole process; keep it in the {@code Application}, or where the app
 * keeps its singletons. All methods are safe for use by many threads.
 */
public final class AndroidUploads {
  private AndroidUploads() {}

  /**
   * Returns a builder of an uploader with
   *
   * <ul>
   *   <li>the journal in {@code no_backup/reelbeam} of the app's own folder: a backup that is
   *       restored on another device would go on with uploads that are not that device's
   *   <li>listeners called on the main thread
   *   <li>{@code content://} sources found again by {@link VideoUploader#resumeAll()}
   *   <li>uploads that wait while there is no network, instead of trying ({@link DeviceNetwork#any}
   *       as the {@link VideoUploader.Builder#networkPolicy network policy})
   * </ul>
   *
   * <p>Whatever is set on the builder afterwards takes its place; the backend has to be set.
   *
   * @param context any context of the app; the application's is kept
   * @throws IllegalStateException if the manifest lacks the permission {@code
   *     android.permission.ACCESS_NETWORK_STATE}
   * @throws io.github.reelbeam.JournalException if the journal's folder cannot be made
   */
  public static VideoUploader.Builder builder(Context context) {
    StaxChoice.ensure();
    Context app = context.getApplicationContext();
    File folder = new File(app.getNoBackupFilesDir(), "reelbeam");
    return VideoUploader.builder()
        .journal(FileUploadJournal.at(folder.toPath()))
        .eventExecutor(new MainThread())
        .sourceResolver(contentUris(app))
        .networkPolicy(DeviceNetwork.any(app));
  }

  /**
   * A request for a video behind a {@code content://} URI, such as one that the photo picker gave.
   *
   * @param context any context of the app
   * @param uri what is to be uploaded
   * @throws IllegalArgumentException if the URI has another scheme
   */
  public static UploadRequest.Builder request(Context context, Uri uri) {
    return UploadRequest.builder(ContentUriSource.of(context, uri));
  }

  /** Finds {@code content://} sources again; others are left to be files. */
  static SourceResolver contentUris(Context app) {
    return reference -> {
      Uri uri = Uri.parse(reference);
      return ContentUriSource.fits(uri)
          ? Optional.<VideoSource>of(ContentUriSource.of(app, uri))
          : Optional.empty();
    };
  }

  /**
   * Goes on with everything that an earlier process left undone, and clears away copies of videos
   * that no upload needs any more. For the app's start: it returns at once, and does its work,
   * which reads files, on a thread of its own.
   *
   * <p>An upload whose source cannot be had now is left alone, and stays in {@link
   * VideoUploader#pending()}.
   *
   * @param context any context of the app
   * @param uploader made by {@link #builder}
   * @return the uploads that go on; completes exceptionally if the journal cannot be read
   */
  public static CompletableFuture<List<Upload>> resumeAll(Context context, VideoUploader uploader) {
    Context app = context.getApplicationContext();
    CompletableFuture<List<Upload>> resumed = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                List<Upload> uploads = uploader.resumeAll();
                VideoCopies.of(app)
                    .keepOnly(
                        uploader.pending().stream()
                            .map(PendingUpload::source)
                            .collect(Collectors.toSet()));
                resumed.complete(uploads);
              } catch (Throwable e) {
                resumed.completeExceptionally(e);
              }
            },
            "reelbeam-resume");
    thread.setDaemon(true);
    thread.start();
    return resumed;
  }
}
