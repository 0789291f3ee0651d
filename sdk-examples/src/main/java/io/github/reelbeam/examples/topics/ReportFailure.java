package io.github.reelbeam.examples.topics;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps what a bug report needs: the timeline of an upload that failed. Arguments: BACKEND FILE.
 */
public final class ReportFailure {
  private ReportFailure() {}

  /** Uploads the file; if that fails, its timeline is in a file beside it. */
  public static void main(String... arguments) throws InterruptedException {
    URI backend = URI.create(arguments[0]);
    Path file = Path.of(arguments[1]).toAbsolutePath();
    Path reports = file.resolveSibling("reports");

    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend, () -> "Bearer token-of-your-session")
            .journal(FileUploadJournal.at(file.resolveSibling("uploads")))
            .build()) {
      Upload upload = uploader.upload(UploadRequest.builder(file).build());
      try {
        upload.await();
      } catch (UploadException failure) {
        failure.timeline().ifPresent(timeline -> keep(timeline, reports));
        throw failure;
      }
    }
  }

  private static void keep(UploadTimeline timeline, Path reports) {
    try {
      Files.createDirectories(reports);
      Files.writeString(reports.resolve(timeline.uploadId() + ".json"), timeline.toJson());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
