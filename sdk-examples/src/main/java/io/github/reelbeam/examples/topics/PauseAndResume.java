package io.github.reelbeam.examples.topics;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** Stops an upload once a part is stored, and lets it go on. Arguments: BACKEND FILE. */
public final class PauseAndResume {
  private PauseAndResume() {}

  /** Uploads the file with a pause. */
  public static void main(String... arguments) throws InterruptedException {
    URI backend = URI.create(arguments[0]);
    Path file = Path.of(arguments[1]).toAbsolutePath();

    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend, () -> "Bearer token-of-your-session")
            .journal(FileUploadJournal.at(file.resolveSibling("uploads")))
            .build()) {
      CompletableFuture<Void> partStored = new CompletableFuture<>();
      CompletableFuture<Void> paused = new CompletableFuture<>();
      Upload upload =
          uploader.upload(
              UploadRequest.builder(file).listener(new Signals(partStored, paused)).build());

      // a small file may be at its end before the pause comes
      CompletableFuture.anyOf(partStored, upload.completion()).join();
      upload.pause();
      CompletableFuture.anyOf(paused, upload.completion()).join();
      System.out.println("paused at " + upload.progress().committedBytes() + " bytes");

      upload.resume();
      System.out.println("stored as " + upload.await().key());
    }
  }

  private record Signals(CompletableFuture<Void> partStored, CompletableFuture<Void> paused)
      implements UploadListener {
    @Override
    public void onPartCompleted(PartCompleted part) {
      partStored.complete(null);
    }

    @Override
    public void onStateChanged(StateChange change) {
      if (change.to() == UploadState.PAUSED) {
        paused.complete(null);
      }
    }
  }
}
