package io.github.reelbeam.examples.topics;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Several files side by side under one budget. Arguments: BACKEND FILE FILE... */
public final class UploadSeveralFiles {
  private UploadSeveralFiles() {}

  /** Uploads the files, all of one folder. */
  public static void main(String... arguments) throws InterruptedException {
    URI backend = URI.create(arguments[0]);
    List<Path> files =
        Arrays.stream(arguments).skip(1).map(Path::of).map(Path::toAbsolutePath).toList();

    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend, () -> "Bearer token-of-your-session")
            .journal(FileUploadJournal.at(files.get(0).resolveSibling("uploads")))
            // shared by all uploads of this uploader: never more than 4 parts on their way
            .transferOptions(TransferOptions.builder().parallelism(4).build())
            .build()) {
      List<Upload> uploads =
          files.stream().map(file -> uploader.upload(UploadRequest.builder(file).build())).toList();
      for (Upload upload : uploads) {
        report(upload);
      }
    }
  }

  // one that fails does not hold up the others
  private static void report(Upload upload) throws InterruptedException {
    try {
      System.out.println("stored as " + upload.await().key());
    } catch (UploadException e) {
      System.out.println("failed: " + e.getMessage());
    }
  }
}
