package io.github.reelbeam.examples.topics;

import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.net.URI;
import java.nio.file.Path;

/** The least there is: one file, one call, wait for the asset. Arguments: BACKEND FILE. */
public final class UploadOneFile {
  private UploadOneFile() {}

  /** Uploads the file. */
  public static void main(String... arguments) throws InterruptedException {
    URI backend = URI.create(arguments[0]);
    Path file = Path.of(arguments[1]).toAbsolutePath();

    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend, () -> "Bearer token-of-your-session")
            .journal(FileUploadJournal.at(file.resolveSibling("uploads")))
            .build()) {
      VideoAsset asset =
          uploader
              .upload(UploadRequest.builder(file).metadata("title", "My holiday").build())
              .await();
      System.out.println("stored as " + asset.key());
      System.out.println("the backend says " + asset.response());
    }
  }
}
