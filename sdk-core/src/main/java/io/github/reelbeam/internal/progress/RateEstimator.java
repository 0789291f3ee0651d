package io.github.reelbeam.internal.progress;

import java.util.concurrent.TimeUnit;

/**
 * Smooths a stream of byte counts into bytes per second: an exponentially weighted mean whose
 * memory is a few seconds, so that the figure neither jumps with every part nor lags behind a
 * network that has changed. Not safe for use by more than one thread.
 */
final class RateEstimator {
  private static final double MEMORY_SECONDS = 3;
  // shorter spans say more about buffers than about the network
  private static final long MIN_SPAN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long STILL_NANOS = TimeUnit.SECONDS.toNanos(3);

  private boolean started;
  private long spanStart;
  private long spanBytes;
  private long lastMove;
  private double rate;
  private double weight;

  /** Bytes that left at a moment; negative for bytes that turned out to be lost. */
  void add(long bytes, long nowNanos) {
    if (!started) {
      started = true;
      spanStart = nowNanos;
      lastMove = nowNanos;
    }
    if (bytes > 0) {
      lastMove = nowNanos;
      spanBytes += bytes;
    }
    roll(nowNanos);
  }

  /** Bytes per second as of this moment; 0 if nothing has moved for a while. */
  long bytesPerSecond(long nowNanos) {
    if (!started || nowNanos - lastMove > STILL_NANOS) {
      return 0;
    }
    roll(nowNanos);
    return weight == 0 ? 0 : Math.round(rate / weight);
  }

  /** Begins anew, as after a pause: the time in between says nothing about the network. */
  void restart() {
    started = false;
    spanBytes = 0;
    rate = 0;
    weight = 0;
  }

  private void roll(long nowNanos) {
    long span = nowNanos - spanStart;
    if (span < MIN_SPAN_NANOS) {
      return;
    }
    double seconds = span / 1e9;
    double keep = Math.exp(-seconds / MEMORY_SECONDS);
    rate = rate * keep + (spanBytes / seconds) * (1 - keep);
    // dividing by the weight seen so far keeps the first seconds from reading too low
    weight = weight * keep + (1 - keep);
    spanStart = nowNanos;
    spanBytes = 0;
  }
}
