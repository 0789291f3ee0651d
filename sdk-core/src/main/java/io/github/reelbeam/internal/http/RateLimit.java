package io.github.reelbeam.internal.http;

import okio.Throttler;

/**
 * The cap on the rate at which all parts together go out. May be changed at any time, by any
 * thread, and acts on parts that are under way.
 */
final class RateLimit {
  /**
   * What may go out at once is as much as flows in a tenth of a second. That is more than a busy
   * machine oversleeps, so that nothing is lost of the rate; and the longest that a part waits
   * after the rate was raised.
   */
  private static final int BURSTS_PER_SECOND = 10;

  private static final long LEAST_BURST = 1 << 10;

  private final Throttler throttler = new Throttler();

  RateLimit(long bytesPerSecond) {
    set(bytesPerSecond);
  }

  /**
   * @param bytesPerSecond the cap; 0 for none
   */
  void set(long bytesPerSecond) {
    long burst = Math.max(LEAST_BURST, bytesPerSecond / BURSTS_PER_SECOND);
    throttler.bytesPerSecond(bytesPerSecond, burst / 4, burst);
  }

  /** Paces whatever asks it. */
  Throttler throttler() {
    return throttler;
  }
}
