package io.github.reelbeam.examples.topics;

import io.github.reelbeam.PendingUpload;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.net.URI;
import java.nio.file.Path;

/**
 * What an app does when it starts: go on with all that an earlier process left, however that ended.
 * Arguments: BACKEND JOURNAL-FOLDER.
 */
public final class ResumeAtStart {
  private ResumeAtStart() {}

  /** Goes on with every pending upload. */
  public static void main(String... arguments) throws InterruptedException {
    URI backend = URI.create(arguments[0]);
    Path journal = Path.of(arguments[1]);

    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend, () -> "Bearer token-of-your-session")
            .journal(FileUploadJournal.at(journal))
            .build()) {
      for (PendingUpload pending : uploader.pending()) {
        System.out.println(pending.fileName() + " had reached " + pending.state());
      }
      for (Upload upload : uploader.resumeAll()) {
        report(upload);
      }
    }
  }

  private static void report(Upload upload) throws InterruptedException {
    try {
      VideoAsset asset = upload.await();
      System.out.println(asset.fileName() + " is stored as " + asset.key());
    } catch (UploadException e) {
      // a resumable one stays in the journal for the next start
      System.out.println(e.getMessage() + (e.isResumable() ? " (next time)" : " (for good)"));
    }
  }
}
