package io.github.reelbeam.examples.topics;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/** The example of the README, inside an app that has a session and a progress bar. */
public final class UploadWithProgressBar {
  private final URI backend;
  private final Supplier<String> session;
  private final DoubleConsumer bar;

  /**
   * Takes what the app has.
   *
   * @param backend its base URL
   * @param session gives the token of the user who is signed in
   * @param bar takes 0.0 to 1.0
   */
  public UploadWithProgressBar(URI backend, Supplier<String> session, DoubleConsumer bar) {
    this.backend = backend;
    this.session = session;
    this.bar = bar;
  }

  /** Uploads the video and waits for the asset. */
  public VideoAsset upload(Path video, Path journal) throws InterruptedException {
    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend, () -> "Bearer " + session.get())
            .journal(FileUploadJournal.at(journal))
            .build()) {
      Upload upload =
          uploader.upload(
              UploadRequest.builder(video)
                  .metadata("title", "Holiday")
                  .listener(
                      new UploadListener() {
                        @Override
                        public void onProgress(UploadProgress progress) {
                          bar.accept(progress.fraction());
                        }
                      })
                  .build());
      return upload.await(); // or upload.completion(), a CompletableFuture
    }
  }
}
