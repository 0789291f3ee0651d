package io.github.reelbeam.internal.transfer;

/**
 * One request with a body on its way, as {@link AdaptiveConcurrency} sees it: what has been handed
 * to its connection, and when. Kept by the caller from the request's begin to its end.
 *
 * <p>What has been written is not what has been sent: the connection's buffers, and those of a
 * proxy, take in megabytes at once. But a write that had to wait returns when the buffer has
 * emptied to a certain level, always the same. So what was written between two such moments is what
 * has really left in between, however large the buffers are.
 */
final class Flight {
  /** A write that took less may have waited for the processor only. */
  private static final long WAITED_NANOS = 1_000_000;

  /** A pause of the collector early in a part is not yet a full buffer. */
  private static final long FULL_NANOS = 25_000_000;

  private final long length;
  private long started;
  private boolean running;
  private long lastWrite;
  private long written;
  private long waited;
  private boolean full;
  private long levelAt;
  private long levelWritten;

  // what it has told which evidence: an exact figure replaces an early one
  long evidence;
  double toldBytes;
  double toldNanos;

  /**
   * @param length bytes in the request's body
   */
  Flight(long length) {
    this.length = length;
  }

  long length() {
    return length;
  }

  long started() {
    return started;
  }

  void begin(long now) {
    started = now;
    lastWrite = now;
    running = true;
  }

  /** Whether it was running until now. */
  boolean end() {
    boolean ended = running;
    running = false;
    return ended;
  }

  /** The way to the store and back, and what was in the buffers at the end. */
  long sinceLastWrite(long now) {
    return now - lastWrite;
  }

  /** A slice was handed over; returns what has provably left since the last such moment. */
  Drained wrote(long bytes, long took, long now) {
    lastWrite = now;
    written += bytes;
    if (took < WAITED_NANOS) {
      return Drained.NOTHING;
    }
    waited += took;
    if (waited < FULL_NANOS) {
      return Drained.NOTHING;
    }
    Drained drained = full ? new Drained(written - levelWritten, levelAt, now) : Drained.NOTHING;
    full = true;
    levelAt = now;
    levelWritten = written;
    return drained;
  }

  /** Bytes that have left between two moments. */
  record Drained(long bytes, long from, long to) {
    static final Drained NOTHING = new Drained(0, 0, 0);

    boolean isNothing() {
      return bytes == 0;
    }
  }
}
