package io.github.reelbeam.internal.transfer;

/**
 * Joins the CRC32s of neighbouring pieces into the CRC32 of the whole, without the bytes.
 *
 * <p>Appending n bytes to a message multiplies its CRC, seen as a polynomial over GF(2), by x^(8n)
 * modulo the CRC's own polynomial; the CRC of the appended piece is then added. The power is found
 * by squaring, so a piece of any length costs some sixty multiplications.
 */
final class Crc32Combiner {
  // x^32 + x^26 + x^23 + ... + 1 of CRC-32 (ISO-HDLC), bit 31 being x^0
  private static final int POLYNOMIAL = 0xEDB88320;
  private static final int ONE = 0x80000000;
  private static final int X_TO_THE_8 = 0x00800000;

  private Crc32Combiner() {}

  /**
   * The CRC32 of two pieces one after the other.
   *
   * @param first the CRC32 of the first piece
   * @param second the CRC32 of the second piece
   * @param secondLength how many bytes the second piece has
   */
  static int combine(int first, int second, long secondLength) {
    return multiply(first, power(secondLength)) ^ second;
  }

  private static int power(long bytes) {
    int result = ONE;
    int square = X_TO_THE_8;
    for (long n = bytes; n != 0; n >>>= 1) {
      if ((n & 1) != 0) {
        result = multiply(result, square);
      }
      square = multiply(square, square);
    }
    return result;
  }

  private static int multiply(int a, int b) {
    int product = 0;
    int shifted = b;
    for (int bit = 0; bit < 32; bit++) {
      if ((a & (ONE >>> bit)) != 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) != 0 ? (shifted >>> 1) ^ POLYNOMIAL : shifted >>> 1;
    }
    return product;
  }
}
