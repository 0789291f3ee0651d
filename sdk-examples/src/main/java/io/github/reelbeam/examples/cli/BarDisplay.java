package io.github.reelbeam.examples.cli;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.VideoAsset;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar with rate and time left, redrawn in place. */
final class BarDisplay extends Display {
  private static final int REDRAW_MILLIS = 200;

  private final PrintWriter out;
  private final String fileName;
  private final int width;
  private final BarRenderer renderer;
  private @Nullable ProgressBar bar;

  BarDisplay(PrintWriter out, PrintWriter err, String fileName, int columns, boolean unicode) {
    super(err);
    this.out = out;
    this.fileName = fileName;
    // the last column stays free: some terminals go to the next line when it is filled
    this.width = columns - 1;
    this.renderer =
        new BarRenderer(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII);
  }

  @Override
  public void onStarted(Upload upload) {
    UploadProgress now = upload.progress();
    renderer.show(now);
    // A width is given so that the library does not ask JLine for it: that would set SIGINT back to
    // the system's default, and Ctrl-C would end the JVM without its shutdown hooks.
    bar =
        new ProgressBarBuilder()
            .setTaskName(shortened(fileName, width / 5))
            .setInitialMax(now.totalBytes())
            .startsFrom(position(now), Duration.ZERO)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .continuousUpdate()
            .setRenderer(renderer)
            .setConsumer(new DelegatingProgressBarConsumer(this::draw, width))
            .build();
  }

  @Override
  public void onProgress(UploadProgress progress) {
    renderer.show(progress);
    stepTo(position(progress));
  }

  @Override
  public void onPartRetry(PartRetry retry) {
    renderer.say(Wording.shortly(retry));
  }

  @Override
  public void onPartCompleted(PartCompleted part) {
    renderer.say("");
  }

  @Override
  public void onStateChanged(StateChange change) {
    renderer.say(Wording.shortly(change));
  }

  @Override
  void showCompleted(VideoAsset asset) {
    renderer.say("");
    stepTo(asset.size());
    close();
    out.println(fileName + ": " + Wording.completed(asset));
    out.flush();
  }

  @Override
  void showFailed(String error, UploadException failure) {
    close();
  }

  private void stepTo(long position) {
    if (bar != null) {
      bar.stepTo(position);
    }
  }

  private void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      out.println();
      out.flush();
    }
  }

  // one write per redraw, over the old text and without clearing first: nothing to flicker
  private void draw(String line) {
    out.print('\r' + line);
    out.flush();
  }

  // the fraction never falls, unlike the bytes in flight: the bar does not move back
  private static long position(UploadProgress progress) {
    return (long) (progress.fraction() * progress.totalBytes());
  }

  private static String shortened(String name, int limit) {
    return name.length() <= limit ? name : name.substring(0, Math.max(1, limit - 1)) + "~";
  }
}
