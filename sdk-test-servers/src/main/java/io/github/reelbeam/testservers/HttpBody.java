package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/**
 * Walks through the body of an HTTP/1.1 message piece by piece, framing and all, so that it can be
 * passed on as it came while its content is counted.
 */
final class HttpBody {

  /** Takes the pieces. */
  interface Sink {
    /**
     * Takes a piece of the body.
     *
     * @param content how many of the bytes are content and not framing: all of them or none
     */
    void take(byte[] bytes, int length, int content) throws IOException;
  }

  private static final int PIECE = 16 << 10;

  private final InputStream in;
  private final Sink sink;
  private final byte[] buffer = new byte[PIECE];

  private HttpBody(InputStream in, Sink sink) {
    this.in = in;
    this.sink = sink;
  }

  static void copy(InputStream in, boolean chunked, OptionalLong length, Sink sink)
      throws IOException {
    HttpBody body = new HttpBody(in, sink);
    if (chunked) {
      body.copyChunks();
    } else {
      body.copyContent(length.orElse(0));
    }
  }

  /** A response without a length, which ends with its connection. */
  static void copyToEnd(InputStream in, Sink sink) throws IOException {
    byte[] buffer = new byte[PIECE];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      sink.take(buffer, n, n);
    }
  }

  private void copyContent(long length) throws IOException {
    long left = length;
    while (left > 0) {
      int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (n < 0) {
        throw new EOFException("the body is " + left + " bytes short");
      }
      sink.take(buffer, n, n);
      left -= n;
    }
  }

  private void copyChunks() throws IOException {
    while (true) {
      String size = copyLine().split(";", 2)[0].strip();
      long length = Long.parseLong(size, 16);
      if (length == 0) {
        break;
      }
      copyContent(length);
      copyLine();
    }
    while (!copyLine().isEmpty()) {
      // Trailers belong to the framing.
    }
  }

  private String copyLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    do {
      next = in.read();
      if (next < 0) {
        throw new EOFException("the framing is cut short");
      }
      line.write(next);
    } while (next != '\n');
    sink.take(line.toByteArray(), line.size(), 0);
    return line.toString(ISO_8859_1).strip();
  }
}
