package io.github.reelbeam;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A source in memory. It knows how many of its channels are open, gives its bytes in small bites,
 * with reads between them that give none, as a network file system does, and can be cut short or
 * broken.
 */
public final class BytesSource implements VideoSource {
  private static final int BITE = 10_000;

  /** What happens when a channel is opened or read. */
  @FunctionalInterface
  public interface Mishap {
    void happen() throws IOException;
  }

  private final byte[] bytes;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile int length;
  private volatile Mishap onOpen = () -> {};
  private volatile Mishap onPosition = () -> {};
  private volatile Mishap onRead = () -> {};

  public BytesSource(byte[] bytes) {
    this.bytes = bytes.clone();
    this.length = bytes.length;
  }

  /** Pseudo-random bytes; the same size gives the same bytes. */
  public static BytesSource random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return new BytesSource(bytes);
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public void cutTo(int newLength) {
    length = newLength;
  }

  public void onOpen(Mishap mishap) {
    onOpen = mishap;
  }

  public void onPosition(Mishap mishap) {
    onPosition = mishap;
  }

  public void onRead(Mishap mishap) {
    onRead = mishap;
  }

  /** How many channels are open now. */
  public int openChannels() {
    return open.get();
  }

  /** How many channels were ever opened. */
  public int openedChannels() {
    return opened.get();
  }

  @Override
  public String name() {
    return "holiday.mp4";
  }

  @Override
  public String reference() {
    return "memory:holiday";
  }

  @Override
  public long size() {
    return length;
  }

  @Override
  public Instant lastModified() {
    return Instant.parse("2026-11-22T10:00:00Z");
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    onOpen.happen();
    opened.incrementAndGet();
    open.incrementAndGet();
    return new Channel();
  }

  @Override
  public String toString() {
    return reference();
  }

  private final class Channel implements SeekableByteChannel {
    private int position;
    private int reads;
    private boolean closed;

    @Override
    public int read(ByteBuffer target) throws IOException {
      onRead.happen();
      if (closed) {
        throw new ClosedChannelException();
      }
      if (!target.hasRemaining()) {
        return 0;
      }
      int n = Math.min(Math.min(BITE, target.remaining()), length - position);
      if (n <= 0) {
        return -1;
      }
      if (reads++ % 2 == 0) {
        return 0;
      }
      target.put(bytes, position, n);
      position += n;
      return n;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
      onPosition.happen();
      position = Math.toIntExact(newPosition);
      return this;
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public long size() {
      return length;
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        open.decrementAndGet();
      }
    }

    @Override
    public int write(ByteBuffer source) {
      throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }
  }
}
