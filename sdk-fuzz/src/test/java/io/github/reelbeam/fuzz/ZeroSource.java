package io.github.reelbeam.fuzz;

import io.github.reelbeam.VideoSource;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A video of zeros, which costs no memory.
 *
 * @param size bytes
 * @param file what the transfer manager is shown: a file of the same length
 */
public record ZeroSource(long size, Path file) implements VideoSource {
  @Override
  public String name() {
    return "zeros.mp4";
  }

  @Override
  public String reference() {
    return "zeros";
  }

  @Override
  public Instant lastModified() {
    return FuzzTime.NOW;
  }

  @Override
  public Optional<Path> path() {
    return Optional.of(file);
  }

  @Override
  public SeekableByteChannel open() {
    return new Zeros();
  }

  private final class Zeros implements SeekableByteChannel {
    private long position;

    @Override
    public int read(ByteBuffer target) {
      int n = (int) Math.min(target.remaining(), size - position);
      if (n <= 0) {
        return -1;
      }
      target.position(target.position() + n);
      position += n;
      return n;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      position = newPosition;
      return this;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
      throw new UnsupportedOperationException();
    }
  }
}
