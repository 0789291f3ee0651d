package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.VideoAsset.Checksum;
import io.github.reelbeam.VideoSource;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * The CRC32 of every part of one source, each read once when it is first asked for, and that of the
 * whole, joined from them. Safe for use by many threads.
 */
final class PartChecksums {
  private final VideoSource source;
  private final PartPlan plan;
  private final SliceBuffers buffers;
  private final Map<Integer, Integer> known = new ConcurrentHashMap<>();

  PartChecksums(VideoSource source, PartPlan plan, SliceBuffers buffers) {
    this.source = source;
    this.plan = plan;
    this.buffers = buffers;
  }

  /** The CRC32 of a part in Base64, as S3 writes it. */
  String base64(int partNumber) throws SourceReadException {
    return base64Of(crc(partNumber));
  }

  /** The CRC32 of the whole source in Base64; reads what has not been read yet. */
  String wholeBase64() throws SourceReadException {
    int whole = crc(1);
    for (int part = 2; part <= plan.count(); part++) {
      whole = Crc32Combiner.combine(whole, crc(part), plan.size(part));
    }
    return base64Of(whole);
  }

  /** The checksum of the whole, as it is told to the backend. */
  Checksum whole() throws SourceReadException {
    return new Checksum("CRC32", "FULL_OBJECT", wholeBase64());
  }

  /**
   * What a store gives that keeps a checksum of the parts' checksums: the CRC32 over their bytes,
   * and the number of parts.
   */
  String composite() throws SourceReadException {
    CRC32 crc = new CRC32();
    for (int part = 1; part <= plan.count(); part++) {
      crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, crc(part)));
    }
    return base64Of((int) crc.getValue()) + "-" + plan.count();
  }

  private int crc(int partNumber) throws SourceReadException {
    Integer before = known.get(partNumber);
    if (before != null) {
      return before;
    }
    int crc = read(partNumber);
    known.put(partNumber, crc);
    return crc;
  }

  private int read(int partNumber) throws SourceReadException {
    CRC32 crc = new CRC32();
    long left = plan.size(partNumber);
    ByteBuffer buffer = buffers.take();
    try (SeekableByteChannel channel = source.open()) {
      channel.position(plan.offset(partNumber));
      while (left > 0) {
        ((Buffer) buffer).clear().limit((int) Math.min(buffer.capacity(), left));
        if (channel.read(buffer) < 0) {
          throw new SourceReadException("the source ends " + left + " bytes early: " + source);
        }
        left -= buffer.position();
        ((Buffer) buffer).flip();
        crc.update(buffer);
      }
    } catch (SourceReadException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // an app's own source may throw anything, as Android's do once a permission is gone
      throw new SourceReadException("the source cannot be read: " + source, e);
    } finally {
      buffers.give(buffer);
    }
    return (int) crc.getValue();
  }

  static String base64Of(int crc) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(crc).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
