package io.github.reelbeam.examples.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Compares two streams without holding more than two buffers. */
public final class SameBytes {
  private static final int BUFFER = 256 << 10;

  private SameBytes() {}

  /**
   * Reads both to the end.
   *
   * @return how many bytes both have
   * @throws IOException if they differ, or cannot be read
   */
  public static long in(InputStream one, InputStream other) throws IOException {
    long compared = 0;
    while (true) {
      byte[] here = one.readNBytes(BUFFER);
      byte[] there = other.readNBytes(BUFFER);
      int mismatch = Arrays.mismatch(here, there);
      if (mismatch >= 0) {
        throw new IOException("the bytes differ at position " + (compared + mismatch));
      }
      if (here.length == 0) {
        return compared;
      }
      compared += here.length;
    }
  }
}
