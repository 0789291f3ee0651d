package io.github.reelbeam.soak;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An app in a process of its own, which is to be killed: uploads a file, or goes on with it. */
public final class SoakProcess {
  static final String ACCEPTED = "accepted ";
  static final int STOPPED = 75;

  private SoakProcess() {}

  /**
   * Runs.
   *
   * @param arguments backend, file, journal folder, parallelism
   */
  public static void main(String[] arguments) throws InterruptedException {
    int parallelism = Integer.parseInt(arguments[3]);
    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(URI.create(arguments[0]), () -> "Bearer none")
            .journal(FileUploadJournal.at(Path.of(arguments[2])))
            .transferOptions(SoakWorld.options(parallelism))
            .build()) {
      run(uploader, Path.of(arguments[1]));
    } catch (UploadException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(STOPPED);
    }
    Runtime.getRuntime().halt(0);
  }

  private static void run(VideoUploader uploader, Path file) throws InterruptedException {
    List<Upload> uploads = new ArrayList<>(uploader.resumeAll());
    if (uploads.isEmpty()) {
      uploads.add(uploader.upload(UploadRequest.builder(file).build()));
    }
    for (Upload upload : uploads) {
      System.out.println(ACCEPTED + upload.id());
      upload.await();
    }
  }
}
