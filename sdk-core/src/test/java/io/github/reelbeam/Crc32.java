package io.github.reelbeam;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.CRC32;

/** The JDK's CRC32 of files, in Base64 as S3 writes it. */
final class Crc32 {
  private Crc32() {}

  static String of(Path file) throws IOException {
    CRC32 crc = new CRC32();
    byte[] block = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        crc.update(block, 0, n);
      }
    }
    return base64((int) crc.getValue());
  }

  /** What a store answers that keeps a checksum of the parts' checksums. */
  static String composite(Path file, long partSize) throws IOException {
    CRC32 crc = new CRC32();
    int parts = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] part = in.readNBytes((int) partSize);
      for (; part.length > 0; part = in.readNBytes((int) partSize)) {
        crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, of(part)));
        parts++;
      }
    }
    return base64((int) crc.getValue()) + "-" + parts;
  }

  static int of(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  static String base64(int crc) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt(0, crc).array());
  }
}
