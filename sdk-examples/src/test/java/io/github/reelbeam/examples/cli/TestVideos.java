package io.github.reelbeam.examples.cli;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.examples.demo.SameBytes;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Files of any size that cost little disk and little time, and of which no two parts are alike. */
public final class TestVideos {
  private static final long MARK_EVERY = 1 << 20;
  private static final int MARK = 4096;

  private TestVideos() {}

  /** Writes a sparse file: 4 KiB of noise at the beginning of each MiB, and its last byte set. */
  public static Path write(Path file, long size) throws IOException {
    Random noise = new Random(size);
    byte[] mark = new byte[MARK];
    try (SeekableByteChannel channel = Files.newByteChannel(file, CREATE_NEW, SPARSE, WRITE)) {
      for (long at = 0; at < size; at += MARK_EVERY) {
        noise.nextBytes(mark);
        channel.position(at).write(ByteBuffer.wrap(mark, 0, (int) Math.min(MARK, size - at)));
      }
      if (size > 0) {
        channel.position(size - 1).write(ByteBuffer.wrap(new byte[] {1}));
      }
    }
    return file;
  }

  /** Compares the stored object with the file, byte for byte. */
  public static void assertStored(EmbeddedS3 s3, String key, Path file) throws IOException {
    try (InputStream local = Files.newInputStream(file);
        InputStream stored = s3.open(key)) {
      assertThat(SameBytes.in(local, stored)).isEqualTo(Files.size(file));
    }
  }
}
