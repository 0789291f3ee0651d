package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Crc32CombinerTest {
  private static int crc(byte[] bytes, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    return (int) crc.getValue();
  }

  private static byte[] random(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 7, 1000, 65_537, 1 << 20})
  void twoPiecesHaveTheChecksumOfTheWholeWhereverItIsCut(int size) {
    Random random = new Random(size);
    byte[] bytes = random(random, size);
    for (int i = 0; i < 20; i++) {
      int cut = i == 0 ? 0 : i == 1 ? size : random.nextInt(size + 1);
      assertThat(Crc32Combiner.combine(crc(bytes, 0, cut), crc(bytes, cut, size), size - cut))
          .as("cut at %d of %d", cut, size)
          .isEqualTo(crc(bytes, 0, size));
    }
  }

  @Test
  void manyPiecesOfRandomLengthsHaveTheChecksumOfTheWhole() {
    Random random = new Random(3);
    byte[] bytes = random(random, 300_000);
    int whole = 0;
    for (int at = 0; at < bytes.length; ) {
      int next = Math.min(bytes.length, at + random.nextInt(5000));
      whole = Crc32Combiner.combine(whole, crc(bytes, at, next), next - at);
      at = next;
    }
    assertThat(whole).isEqualTo(crc(bytes, 0, bytes.length));
  }

  @Test
  void anEmptyPieceChangesNothing() {
    assertThat(Crc32Combiner.combine(0x12345678, 0, 0)).isEqualTo(0x12345678);
    assertThat(Crc32Combiner.combine(0, 0x12345678, 4)).isEqualTo(0x12345678);
  }

  /** 2^40 zero bytes, which nobody wants to read, are 2^20 times 2^20 of them. */
  @Test
  void aPieceMayBeATebibyte() {
    int mebibyteOfZeros = crc(new byte[1 << 20], 0, 1 << 20);
    int tebibyteOfZeros = mebibyteOfZeros;
    for (int exponent = 20; exponent < 40; exponent++) {
      tebibyteOfZeros = Crc32Combiner.combine(tebibyteOfZeros, tebibyteOfZeros, 1L << exponent);
    }
    int head = crc(new byte[] {1, 2, 3}, 0, 3);
    int stepwise = head;
    for (int step = 0; step < 1 << 10; step++) {
      // the checksum of 2^30 zeros
      stepwise = Crc32Combiner.combine(stepwise, zeros(30), 1L << 30);
    }
    assertThat(Crc32Combiner.combine(head, tebibyteOfZeros, 1L << 40)).isEqualTo(stepwise);
  }

  private static int zeros(int exponent) {
    int crc = crc(new byte[1], 0, 1);
    for (int i = 0; i < exponent; i++) {
      crc = Crc32Combiner.combine(crc, crc, 1L << i);
    }
    return crc;
  }

  @Test
  void sixteenMebibytesJoinedFromSingleBytesAreTheRealOnes() {
    assertThat(zeros(24)).isEqualTo(crc(new byte[1 << 24], 0, 1 << 24));
  }
}
