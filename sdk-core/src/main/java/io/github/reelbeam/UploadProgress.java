package io.github.reelbeam;

import java.time.Duration;
import java.util.Optional;

/**
 * How far an upload has come, at one moment.
 *
 * @param committedBytes bytes in parts that S3 has confirmed; these are never sent again
 * @param inFlightBytes bytes handed to the network in parts that S3 has not confirmed yet; they
 *     count as sent only for the display, and fall back when a part has to be repeated
 * @param totalBytes the size of the source
 * @param bytesPerSecond the rate at which bytes leave, smoothed over some 3 seconds; 0 if nothing
 *     has moved for as long
 * @param fraction 0.0 to 1.0; it never falls during an upload, and is 1.0 only once S3 has
 *     confirmed the whole object
 */
public record UploadProgress(
    long committedBytes,
    long inFlightBytes,
    long totalBytes,
    long bytesPerSecond,
    double fraction) {

  /** The time left at the present rate; empty while the rate is unknown or nothing moves. */
  public Optional<Duration> timeLeft() {
    return timeLeft(Math.max(0, totalBytes - committedBytes - inFlightBytes), bytesPerSecond);
  }

  static Optional<Duration> timeLeft(long bytes, long bytesPerSecond) {
    return bytesPerSecond <= 0
        ? Optional.empty()
        : Optional.of(Duration.ofMillis(Math.round(1000.0 * bytes / bytesPerSecond)));
  }
}
