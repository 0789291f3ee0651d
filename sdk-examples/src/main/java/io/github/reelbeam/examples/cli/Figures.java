package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadProgress;
import java.time.Duration;
import java.util.Locale;

/** Puts numbers into words: always MiB, so that one glance compares two lines. */
public final class Figures {
  private static final double MIB = 1 << 20;

  private Figures() {}

  /** Such as {@code 64.0 MiB}; small sizes in bytes. */
  public static String size(long bytes) {
    return bytes < 1024
        ? bytes + (bytes == 1 ? " byte" : " bytes")
        : bytes < 100 << 10
            ? String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0)
            : String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }

  /** Such as {@code 12.3 MiB/s}. */
  public static String rate(long bytesPerSecond) {
    return String.format(Locale.ROOT, "%.1f MiB/s", bytesPerSecond / MIB);
  }

  /** Such as {@code 850 ms}, {@code 4 s}, {@code 2 min 5 s}, {@code 1 h 10 min}. */
  public static String time(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 1) {
      return duration.toMillis() + " ms";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toHours() + " h " + duration.toMinutesPart() + " min";
  }

  /** One line on how far an upload has come. */
  static String progress(UploadProgress progress) {
    // rounded down: 100% is for a confirmed object only
    long percent = (long) Math.floor(100 * progress.fraction());
    long sent =
        Math.min(progress.totalBytes(), progress.committedBytes() + progress.inFlightBytes());
    StringBuilder line = new StringBuilder();
    line.append(percent).append("%  ").append(size(sent));
    line.append(" of ").append(size(progress.totalBytes()));
    if (progress.bytesPerSecond() > 0) {
      line.append("  ").append(rate(progress.bytesPerSecond()));
    }
    progress.timeLeft().ifPresent(left -> line.append("  ").append(time(left)).append(" left"));
    return line.toString();
  }
}
