package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.TransferOptions;

/**
 * How a source is cut into parts. Part numbers count from 1; all parts but the last have the same
 * size.
 *
 * @param length the source's size in bytes, at least 1
 * @param partSize bytes in every part but the last
 */
public record PartPlan(long length, long partSize) {
  /** S3 takes 10,000 parts at most (Amazon S3 multipart upload limits). */
  public static final int MAX_PARTS = 10_000;

  private static final long MIB = 1L << 20;

  /** Checks that S3 would take it. */
  public PartPlan {
    if (length < 1) {
      throw new IllegalArgumentException("nothing to plan for " + length + " bytes");
    }
    if (partSize < TransferOptions.MIN_PART_SIZE || partSize > TransferOptions.MAX_PART_SIZE) {
      throw new IllegalArgumentException("S3 takes parts of 5 MiB to 5 GiB, not " + partSize);
    }
    if (ceilDiv(length, partSize) > MAX_PARTS) {
      throw new IllegalArgumentException(
          length + " bytes are more than 10,000 parts of " + partSize + " bytes, which S3 refuses");
    }
  }

  /**
   * Plans for a length: the wanted part size, raised as far as the limit on the number of parts
   * demands, rounded up to a whole MiB.
   *
   * @throws IllegalArgumentException if the source is larger than S3 can take: 10,000 parts of 5
   *     GiB
   */
  public static PartPlan of(long length, long wantedPartSize) {
    long needed = Math.max(wantedPartSize, ceilDiv(length, MAX_PARTS));
    long rounded = ceilDiv(needed, MIB) * MIB;
    if (rounded > TransferOptions.MAX_PART_SIZE) {
      throw new IllegalArgumentException(
          length + " bytes are more than S3 takes as one object (10,000 parts of 5 GiB)");
    }
    return new PartPlan(length, rounded);
  }

  /** How many parts there are. */
  public int count() {
    return (int) ceilDiv(length, partSize);
  }

  /** Whether the source goes as one object, without a multipart upload. */
  public boolean isSinglePut() {
    return length <= partSize;
  }

  /** Where a part begins in the source. */
  public long offset(int partNumber) {
    check(partNumber);
    return (partNumber - 1) * partSize;
  }

  /** How many bytes a part has. */
  public long size(int partNumber) {
    return Math.min(partSize, length - offset(partNumber));
  }

  private void check(int partNumber) {
    if (partNumber < 1 || partNumber > count()) {
      throw new IllegalArgumentException(
          "parts go from 1 to " + count() + ", there is no part " + partNumber);
    }
  }

  private static long ceilDiv(long a, long b) {
    return a / b + (a % b == 0 ? 0 : 1);
  }
}
