package io.github.reelbeam.benchmarks.server;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes one request's body from the wire and throws it away; only the end is kept, since it may
 * hold a checksum. Used by one thread.
 */
final class Body {
  private static final int KEPT = 512;

  private final Wire wire;
  private final ByteBuffer in;
  private final byte[] last = new byte[KEPT];
  private int kept;

  /**
   * @param in ready to be read: what came together with the head
   */
  Body(Wire wire, ByteBuffer in) {
    this.wire = wire;
    this.in = in;
  }

  /** Reads so many bytes, and returns that number. */
  long discard(long length) throws IOException {
    kept = 0;
    skip(length);
    return length;
  }

  /** Reads chunks of HTTP up to the last, and returns how many bytes were in them. */
  long discardChunks() throws IOException {
    kept = 0;
    long total = 0;
    while (true) {
      String size = line();
      int end = size.indexOf(';');
      long length = Long.parseLong(end < 0 ? size : size.substring(0, end), 16);
      if (length == 0) {
        break;
      }
      skip(length);
      line();
      total += length;
    }
    while (!line().isEmpty()) {
      // a trailer that nobody asks for
    }
    return total;
  }

  /** The last bytes of the body; they are all of a short one. */
  String end() {
    return new String(last, 0, kept, StandardCharsets.ISO_8859_1);
  }

  private void skip(long length) throws IOException {
    long left = length;
    while (left > 0) {
      fill();
      int count = (int) Math.min(in.remaining(), left);
      left -= count;
      if (left < KEPT) {
        keep(Math.min(count, KEPT - (int) left), in.position() + count);
      }
      in.position(in.position() + count);
    }
  }

  private void keep(int count, int end) {
    int dropped = Math.max(0, kept + count - KEPT);
    System.arraycopy(last, dropped, last, 0, kept - dropped);
    kept -= dropped;
    in.get(end - count, last, kept, count);
    kept += count;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      fill();
      char c = (char) in.get();
      if (c == '\n') {
        return line.toString().strip();
      }
      if (line.append(c).length() > KEPT) {
        throw new IOException("no size of a chunk: " + line);
      }
    }
  }

  private void fill() throws IOException {
    if (!in.hasRemaining()) {
      in.clear();
      if (wire.read(in) < 0) {
        throw new EOFException("the body is cut short");
      }
      in.flip();
    }
  }
}
