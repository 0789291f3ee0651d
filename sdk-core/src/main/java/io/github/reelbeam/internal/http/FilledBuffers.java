package io.github.reelbeam.internal.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The buffers between this program and the network, as a body that is written shows them. They take
 * in megabytes at once; from the first write on that has to wait, what is written is what the
 * network takes away. For the one thread that writes.
 */
final class FilledBuffers {
  /** A write that takes less may have waited for the processor only. */
  private static final long WAITED_NANOS = 25_000_000;

  private final LongSupplier usualRate;
  private long written;
  private boolean full;
  private long fullSince;
  private long capacity;
  private long last;

  /**
   * @param usualRate what a connection carries, in bytes per second, as far as others have shown; 0
   *     if that is not known
   */
  FilledBuffers(LongSupplier usualRate) {
    this.usualRate = usualRate;
  }

  /** Bytes were written between these two moments. */
  void wrote(long bytes, long startNanos, long endNanos) {
    if (!full && endNanos - startNanos > WAITED_NANOS) {
      full = true;
      fullSince = startNanos;
      capacity = written;
    }
    written += bytes;
    last = endNanos;
  }

  /**
   * How long what lies in the buffers now is going to take, judged by what they took when they were
   * full, or by other connections if this body has not filled them; no time if neither is known.
   */
  Duration timeToDrain() {
    if (full && written > capacity) {
      double nanosPerByte = (double) (last - fullSince) / (written - capacity);
      return Duration.ofNanos((long) (capacity * nanosPerByte));
    }
    long rate = usualRate.getAsLong();
    return rate == 0 ? Duration.ZERO : Duration.ofMillis(written * 1000 / rate);
  }
}
