package io.github.reelbeam.crash;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadBatch;
import io.github.reelbeam.UploadBatchListener;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An app in a JVM of its own that goes on with what is pending, uploads all files of a folder, and
 * says which are done.
 */
public final class BatchUploader {
  static final String DONE = "done ";
  static final String ALL = "all";

  private BatchUploader() {}

  /**
   * Runs.
   *
   * @param arguments backend, folder of the files, journal folder, how many at once
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    TransferOptions options =
        TransferOptions.builder().concurrentUploads(Integer.parseInt(arguments[3])).build();
    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(URI.create(arguments[0]), () -> "Bearer none")
            .journal(FileUploadJournal.at(Path.of(arguments[2])))
            .transferOptions(options)
            .build()) {
      // what a killed process has stored, but not told of or not forgotten, is in no request any
      // more
      List<Upload> pending = uploader.resumeAll();
      UploadBatch.Result result =
          uploader.uploadAll(requests(Path.of(arguments[1])), new Printing()).await();
      for (Upload upload : pending) {
        upload.await();
      }
      result.failed().forEach(Throwable::printStackTrace);
      System.out.println(result.isComplete() ? ALL : "not all");
    }
    Runtime.getRuntime().halt(0);
  }

  private static List<UploadRequest> requests(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(file -> UploadRequest.builder(file).build()).toList();
    }
  }

  private static final class Printing implements UploadBatchListener {
    @Override
    public void onFileCompleted(Upload upload, VideoAsset asset) {
      System.out.println(DONE + asset.key());
    }
  }
}
