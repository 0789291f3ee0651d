package io.github.reelbeam.internal.transfer;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Buffers to read a source into, used again and again. They are direct: a file's bytes come into a
 * buffer of the heap by way of a direct one anyway. Safe for use by many threads.
 */
final class SliceBuffers {
  static final int SIZE = 64 << 10;

  /** As many as there are threads that read, on a usual day; more than that are let go. */
  private static final int KEPT = 32;

  private final Deque<ByteBuffer> free = new ArrayDeque<>();

  /** An empty buffer of {@link #SIZE} bytes, for the caller alone. */
  ByteBuffer take() {
    ByteBuffer known;
    synchronized (free) {
      // the one that was used last is in the processor's cache
      known = free.pollFirst();
    }
    if (known == null) {
      return ByteBuffer.allocateDirect(SIZE);
    }
    ((Buffer) known).clear();
    return known;
  }

  /**
   * Takes a buffer back that nobody looks at any more. One that is never given back is no loss but
   * of the time to make another.
   */
  void give(ByteBuffer buffer) {
    synchronized (free) {
      if (free.size() < KEPT) {
        free.addFirst(buffer);
      }
    }
  }
}
