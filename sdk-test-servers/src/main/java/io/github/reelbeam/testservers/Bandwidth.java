package io.github.reelbeam.testservers;

/**
 * A rate that several connections share. Each takes its turn for a small piece at a time, so that
 * all get about as much.
 */
final class Bandwidth {

  static final long UNLIMITED = Long.MAX_VALUE;

  private static final int PIECES_PER_SECOND = 50;
  private static final int SMALLEST_PIECE = 128;

  private final long bytesPerSecond;
  private long freeAt = System.nanoTime();

  Bandwidth(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  boolean isLimited() {
    return bytesPerSecond != UNLIMITED;
  }

  /** The most bytes to take at once. */
  int piece(int most) {
    return (int) Math.min(most, Math.max(SMALLEST_PIECE, bytesPerSecond / PIECES_PER_SECOND));
  }

  /** Takes the next turn, and returns after how many nanoseconds it is over. */
  synchronized long reserve(int bytes) {
    long now = System.nanoTime();
    if (!isLimited()) {
      return 0;
    }
    long begin = freeAt - now > 0 ? freeAt : now;
    freeAt = begin + (long) (bytes * 1e9 / bytesPerSecond);
    return freeAt - now;
  }
}
