package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of an HTTP/1.1 message, with the very bytes that came: a changed byte could break the
 * signature over them.
 *
 * @param text each character a byte, with the empty line that ends the head
 * @param startLine the request line or the status line
 * @param headers names in lower case
 */
record HttpHead(String text, String startLine, Map<String, String> headers) {

  private static final int LONGEST = 64 << 10;

  /** Empty if the stream ends before the first byte, which is how connections end in peace. */
  static Optional<HttpHead> read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int lineLength = 0;
    while (true) {
      int next = in.read();
      if (next < 0) {
        if (head.size() == 0) {
          return Optional.empty();
        }
        throw new EOFException("the head is cut short");
      }
      head.write(next);
      if (next == '\n') {
        if (lineLength == 0) {
          return Optional.of(parse(head.toString(ISO_8859_1)));
        }
        lineLength = 0;
      } else if (next != '\r') {
        lineLength++;
      }
      if (head.size() > LONGEST) {
        throw new IOException("the head is too long");
      }
    }
  }

  private static HttpHead parse(String text) {
    List<String> lines = text.lines().toList();
    Map<String, String> headers = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return new HttpHead(text, lines.get(0), headers);
  }

  /** The bytes as they came. */
  byte[] bytes() {
    return text.getBytes(ISO_8859_1);
  }

  /** The n-th word of the start line, from 0. */
  String word(int index) throws IOException {
    String[] words = startLine.split(" ", 3);
    if (index >= words.length) {
      throw new IOException("not HTTP: " + startLine);
    }
    return words[index];
  }
}
