package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.BytesSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartChecksumsTest {
  private static final int MIB = 1 << 20;
  private static final int PART = 5 * MIB;

  private final BytesSource source = BytesSource.random(2 * PART + 7);
  private final PartChecksums checksums =
      new PartChecksums(source, PartPlan.of(source.size(), PART), new SliceBuffers());

  private static String crc(byte[] bytes, int from, int to) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, to - from);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  @Test
  void eachPartHasTheChecksumOfItsBytes() throws SourceReadException {
    byte[] bytes = source.bytes();
    assertThat(checksums.base64(1)).isEqualTo(crc(bytes, 0, PART));
    assertThat(checksums.base64(2)).isEqualTo(crc(bytes, PART, 2 * PART));
    assertThat(checksums.base64(3)).isEqualTo(crc(bytes, 2 * PART, bytes.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PART - 1, PART, PART + 1, 3 * PART})
  void theWholeHasTheChecksumOfAllBytes(int size) throws SourceReadException {
    BytesSource whole = BytesSource.random(size);
    assertThat(new PartChecksums(whole, PartPlan.of(size, PART), new SliceBuffers()).wholeBase64())
        .isEqualTo(crc(whole.bytes(), 0, size));
  }

  /** Some stores give this for the object of a multipart upload. */
  @Test
  void theCompositeIsTheChecksumOfTheChecksumsAndTheirNumber() throws SourceReadException {
    byte[] bytes = source.bytes();
    ByteArrayOutputStream sums = new ByteArrayOutputStream();
    for (int from = 0; from < bytes.length; from += PART) {
      String sum = crc(bytes, from, Math.min(from + PART, bytes.length));
      sums.writeBytes(Base64.getDecoder().decode(sum));
    }
    assertThat(checksums.composite()).isEqualTo(crc(sums.toByteArray(), 0, 12) + "-3");
  }

  @Test
  void theWholeNeedsNoSecondPassOverTheParts() throws SourceReadException {
    for (int part = 1; part <= 3; part++) {
      assertThat(checksums.base64(part)).hasSize(8);
    }
    assertThat(checksums.wholeBase64()).hasSize(8);
    assertThat(source.openedChannels()).isEqualTo(3);
  }

  @Test
  void aPartIsReadOnceHoweverOftenItIsSent() throws SourceReadException {
    assertThat(checksums.base64(2)).isEqualTo(checksums.base64(2));
    assertThat(source.openedChannels()).isEqualTo(1);
  }

  @Test
  void aChecksumWithItsHighestBitSetHasFourBytesToo() {
    assertThat(PartChecksums.base64Of(0xCBF43926)).isEqualTo("y/Q5Jg==");
  }

  @Test
  void aSourceThatEndsEarlyIsReported() {
    source.cutTo(PART + 1);
    assertThatExceptionOfType(SourceReadException.class)
        .isThrownBy(() -> checksums.base64(2))
        .withMessage("the source ends " + (PART - 1) + " bytes early: " + source);
  }

  @Test
  void aSourceThatCannotBeReadIsReportedWithItsCause() {
    IOException cause = new IOException("the card was pulled out");
    source.onRead(
        () -> {
          throw cause;
        });
    assertThatExceptionOfType(SourceReadException.class)
        .isThrownBy(() -> checksums.base64(1))
        .withCause(cause);
  }

  /** Android takes back the leave to read a {@code content://} source with such an exception. */
  @Test
  void aSourceThatThrowsSomethingElseIsReportedToo() {
    source.onOpen(
        () -> {
          throw new SecurityException("permission denial");
        });
    assertThatExceptionOfType(SourceReadException.class).isThrownBy(() -> checksums.base64(1));
  }

  @Test
  void leavesNoChannelOpen() throws SourceReadException {
    assertThat(checksums.wholeBase64()).isNotEmpty();
    source.cutTo(1);
    assertThatExceptionOfType(SourceReadException.class)
        .isThrownBy(
            new PartChecksums(source, PartPlan.of(PART, PART), new SliceBuffers())::wholeBase64);
    assertThat(source.openChannels()).isZero();
  }
}
