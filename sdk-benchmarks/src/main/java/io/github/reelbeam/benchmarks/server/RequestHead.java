package io.github.reelbeam.benchmarks.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request line and the headers.
 *
 * @param method such as PUT
 * @param path with bucket and key, as it was escaped
 * @param query what follows the question mark, or an empty string
 * @param headers by lower-case name
 */
record RequestHead(String method, String path, String query, Map<String, String> headers) {

  /** Takes the head out of the buffer, which is ready to be read; null if it is not all there. */
  static @Nullable RequestHead takeFrom(ByteBuffer in) throws IOException {
    int end = endOfHead(in);
    if (end < 0) {
      return null;
    }
    byte[] bytes = new byte[end - in.position()];
    in.get(bytes);
    return parse(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private static int endOfHead(ByteBuffer in) {
    for (int i = in.position() + 3; i < in.limit(); i++) {
      if (in.get(i) == '\n' && in.get(i - 1) == '\r' && in.get(i - 2) == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  private static RequestHead parse(String text) throws IOException {
    String[] lines = text.split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    if (first.length != 3 || !first[1].startsWith("/")) {
      throw new IOException("no request line: " + lines[0]);
    }
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    int mark = first[1].indexOf('?');
    return mark < 0
        ? new RequestHead(first[0], first[1], "", headers)
        : new RequestHead(
            first[0], first[1].substring(0, mark), first[1].substring(mark + 1), headers);
  }

  String header(String name, String otherwise) {
    return headers.getOrDefault(name, otherwise);
  }

  /** The value of a parameter of the query, empty if it has none; null if it is not there. */
  @Nullable String parameter(String name) {
    for (String pair : query.split("&", -1)) {
      if (pair.equals(name)) {
        return "";
      }
      if (pair.startsWith(name) && pair.charAt(name.length()) == '=') {
        return pair.substring(name.length() + 1);
      }
    }
    return null;
  }

  /** How long the body is on the wire; -1 if it comes in chunks of HTTP. */
  long bodyLength() {
    if (header("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      return -1;
    }
    return Long.parseLong(header("content-length", "0"));
  }

  /** Whether checksums or signatures stand between the bytes of the object. */
  boolean isAwsChunked() {
    return header("content-encoding", "").contains("aws-chunked")
        || header("x-amz-content-sha256", "").startsWith("STREAMING-");
  }

  boolean isForBucket() {
    return path.indexOf('/', 1) < 0 || path.indexOf('/', 1) == path.length() - 1;
  }
}
