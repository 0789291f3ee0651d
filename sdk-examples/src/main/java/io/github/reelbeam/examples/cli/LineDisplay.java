package io.github.reelbeam.examples.cli;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Plain lines for logs and pipes: a line every few seconds at most, besides waiting and the end.
 */
final class LineDisplay extends Display {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final PrintWriter out;
  private final String fileName;
  private final InstantSource clock;
  private Instant nextLine;
  private int retries;

  LineDisplay(PrintWriter out, PrintWriter err, String fileName, InstantSource clock) {
    super(err);
    this.out = out;
    this.fileName = fileName;
    this.clock = clock;
    this.nextLine = clock.instant().plus(INTERVAL);
  }

  @Override
  public void onStarted(Upload upload) {
    long size = upload.progress().totalBytes();
    out.println(fileName + ": " + Figures.size(size) + ", upload " + upload.id());
    out.flush();
  }

  @Override
  public void onProgress(UploadProgress progress) {
    Instant now = clock.instant();
    if (now.isBefore(nextLine)) {
      return;
    }
    nextLine = now.plus(INTERVAL);
    say(Figures.progress(progress) + (retries == 0 ? "" : "  " + Wording.retries(retries)));
    retries = 0;
  }

  @Override
  public void onPartRetry(PartRetry retry) {
    retries++;
  }

  @Override
  public void onStateChanged(StateChange change) {
    if (change.to() == UploadState.WAITING || change.from() == UploadState.WAITING) {
      say(Wording.waiting(change));
    }
  }

  @Override
  void showCompleted(VideoAsset asset) {
    say(Wording.completed(asset));
  }

  @Override
  void showFailed(String error, UploadException failure) {}

  private void say(String text) {
    out.println(fileName + ": " + text);
    out.flush();
  }
}
