package io.github.reelbeam;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Makes files with content that differs everywhere, and compares them. */
public final class TestFiles {
  private TestFiles() {}

  /** Writes a file of pseudo-random bytes; the same size gives the same bytes. */
  public static Path random(Path file, long size) throws IOException {
    Random random = new Random(size);
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; left -= block.length) {
        random.nextBytes(block);
        out.write(block, 0, (int) Math.min(block.length, left));
      }
    }
    return file;
  }

  /** Where two streams of bytes differ first; -1 if they are the same. */
  public static long mismatch(Path file, InputStream other) throws IOException {
    try (InputStream one = Files.newInputStream(file);
        InputStream two = other) {
      for (long at = 0; ; ) {
        byte[] a = one.readNBytes(1 << 16);
        byte[] b = two.readNBytes(1 << 16);
        int differs = java.util.Arrays.mismatch(a, b);
        if (differs >= 0) {
          return at + differs;
        }
        if (a.length == 0) {
          return -1;
        }
        at += a.length;
      }
    }
  }
}
