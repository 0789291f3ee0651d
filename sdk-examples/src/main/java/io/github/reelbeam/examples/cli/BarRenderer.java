package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadProgress;
import java.text.DecimalFormat;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.DefaultProgressBarRenderer;
import me.tongfei.progressbar.ProgressBarStyle;
import me.tongfei.progressbar.ProgressState;

/**
 * Draws the bar with the upload's own smoothed rate and time left. The library's are averages since
 * the bar began, which count what an earlier run had stored, and time spent waiting.
 */
final class BarRenderer extends DefaultProgressBarRenderer {
  private static final UploadProgress NOTHING = new UploadProgress(0, 0, 0, 0, 0);
  private static final long MIB = 1 << 20;

  private volatile UploadProgress latest = NOTHING;
  private volatile String message = "";

  BarRenderer(ProgressBarStyle style) {
    super(
        style,
        " MiB",
        MIB,
        /* isSpeedShown= */ true,
        new DecimalFormat(),
        ChronoUnit.SECONDS,
        /* isEtaShown= */ true,
        state -> Optional.empty());
  }

  void show(UploadProgress progress) {
    latest = progress;
  }

  /** Shows a text in place of the rate; an empty one brings the rate back. */
  void say(String text) {
    message = text;
  }

  // always as wide, so that the bar does not change its length with each digit
  @Override
  protected String speed(ProgressState state) {
    String text = message.isEmpty() ? Figures.rate(latest.bytesPerSecond()) : message;
    return String.format(Locale.ROOT, "%-12s", text);
  }

  @Override
  protected String ratio(ProgressState state) {
    return state.getMax() >= MIB ? super.ratio(state) : Figures.size(state.getMax());
  }

  @Override
  protected String etaString(ProgressState state) {
    return state.getCurrent() >= state.getMax()
        ? clock(Duration.ZERO)
        : latest.timeLeft().map(BarRenderer::clock).orElse("-:--:--");
  }

  // the form in which the library shows the time spent
  private static String clock(Duration time) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart());
  }
}
