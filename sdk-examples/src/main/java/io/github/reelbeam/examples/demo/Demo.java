package io.github.reelbeam.examples.demo;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.examples.cli.Figures;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.testservers.DemoVideo;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Starts a store and a backend, uploads a video as an app would, and looks at what came of it. */
public final class Demo {
  private final Story story;
  private final long size;
  private final boolean keepRunning;

  /**
   * Prepares a demo.
   *
   * @param out where the story is told
   * @param size of the video made on the spot
   * @param keepRunning whether the page stays up
   */
  public Demo(PrintWriter out, long size, boolean keepRunning) {
    this.story = new Story(out);
    this.size = size;
    this.keepRunning = keepRunning;
  }

  /**
   * Runs the demo from beginning to end.
   *
   * @param given the video, or null to make one
   * @throws IOException if something cannot be read or written, or the stored bytes are not the
   *     video's
   */
  public void run(@Nullable Path given) throws IOException, InterruptedException {
    story.say("Reelbeam demo: a video goes straight to S3, and the backend is told of it.\n");
    try (DemoSite site = DemoSite.start()) {
      story.tell("store", "S3 at " + site.s3().endpoint() + ", bucket " + site.s3().bucket());
      story.tell("backend", "app backend at " + site.backend().uri());
      Path video = given != null ? given : make(site.video());
      VideoAsset asset = upload(video, site);
      verify(video, asset, site);
      showPage(site);
    }
  }

  private Path make(Path file) throws IOException {
    DemoVideo.write(file, size);
    story.tell("video", "made a playable MP4 of " + Figures.size(Files.size(file)));
    return file;
  }

  // all that an app has to write
  private VideoAsset upload(Path video, DemoSite site) throws InterruptedException {
    StoryListener listener =
        new StoryListener(story, site.backend(), String.valueOf(video.getFileName()));
    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(site.backend().uri(), () -> "Bearer demo")
            .journal(UploadJournal.inMemory())
            .transferOptions(TransferOptions.defaults())
            .build()) {
      return uploader
          .upload(
              UploadRequest.builder(video)
                  .metadata("title", "Reelbeam demo")
                  .listener(listener)
                  .build())
          .await();
    }
  }

  private void verify(Path video, VideoAsset asset, DemoSite site) throws IOException {
    try (InputStream local = Files.newInputStream(video);
        InputStream stored = site.s3().open(asset.key())) {
      long compared = SameBytes.in(local, stored);
      story.tell(
          "verify",
          String.format(
              Locale.ROOT, "read the object back: all %,d bytes are the file's", compared));
    }
    asset
        .checksum()
        .ifPresent(
            sum -> story.tell("verify", sum.algorithm() + " of the whole file: " + sum.value()));
    story.tell(
        "verify",
        site.s3().keys().size()
            + " object in the bucket, "
            + site.s3().openUploads().size()
            + " multipart uploads left open, "
            + site.backend().assets().size()
            + " asset at the backend");
  }

  private void showPage(DemoSite site) throws InterruptedException {
    story.tell("page", site.backend().uri() + " lists the assets and plays the video");
    if (keepRunning) {
      story.say("\nThe page stays up until Ctrl-C.");
      new CountDownLatch(1).await();
    }
    story.say("\nDone. With --keep-running the page stays up, to play the video in a browser.");
  }
}
