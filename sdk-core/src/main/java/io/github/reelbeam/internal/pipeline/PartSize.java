package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.TransferOptions;

/**
 * The part size that suits a source and a network, where the app has set none. Small parts lose
 * little when one fails; large ones cost fewer requests. Pure.
 */
final class PartSize {
  private static final long MIB = 1L << 20;

  /** As long as nothing is known of the network; what AWS's own command line takes. */
  private static final long USUAL = 8 * MIB;

  private static final long MOST = 64 * MIB;

  /** How long a part may take. */
  private static final int SECONDS = 2;

  /** Fewer parts would leave connections without work at the end. */
  private static final int FEWEST_PARTS = 16;

  private PartSize() {}

  /**
   * @param length the source's size in bytes
   * @param ratePerConnection what one connection carries, in bytes per second; 0 if not known
   * @return bytes, at least the {@link TransferOptions#MIN_PART_SIZE} of S3
   */
  static long of(long length, long ratePerConnection) {
    if (ratePerConnection == 0) {
      return USUAL;
    }
    long inTime = Math.min(MOST, Math.min(ratePerConnection, MOST) * SECONDS);
    long forAll = Math.max(USUAL, length / FEWEST_PARTS);
    return Math.max(TransferOptions.MIN_PART_SIZE, Math.min(inTime, forAll));
  }
}
