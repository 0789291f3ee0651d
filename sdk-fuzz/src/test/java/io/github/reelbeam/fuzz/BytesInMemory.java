package io.github.reelbeam.fuzz;

import io.github.reelbeam.VideoSource;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;

/** A short video in memory. */
public final class BytesInMemory implements VideoSource {
  private final byte[] bytes;

  public BytesInMemory(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return "bytes";
  }

  @Override
  public String reference() {
    return "memory:bytes";
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public Instant lastModified() {
    return FuzzTime.NOW;
  }

  @Override
  public SeekableByteChannel open() {
    return new Content(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
  }

  private static final class Content implements SeekableByteChannel {
    private final ByteBuffer content;

    Content(ByteBuffer content) {
      this.content = content;
    }

    @Override
    public int read(ByteBuffer target) {
      if (!content.hasRemaining()) {
        return -1;
      }
      int n = Math.min(target.remaining(), content.remaining());
      target.put(content.slice().limit(n));
      content.position(content.position() + n);
      return n;
    }

    @Override
    public long position() {
      return content.position();
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
      content.position(Math.toIntExact(newPosition));
      return this;
    }

    @Override
    public long size() {
      return content.limit();
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
