package io.github.reelbeam.benchmarks.server;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one connection, without what encrypts them. Used by one thread at a time. */
interface Wire extends Closeable {

  /** A buffer of the kind and size that {@link #read} is quickest with. */
  ByteBuffer buffer();

  /**
   * Waits for bytes and puts them into the buffer.
   *
   * @param into has room for one TLS record at least
   * @return how many there were, 1 or more, or -1 at the end
   */
  int read(ByteBuffer into) throws IOException;

  /** Sends all the bytes. */
  void write(ByteBuffer bytes) throws IOException;
}
