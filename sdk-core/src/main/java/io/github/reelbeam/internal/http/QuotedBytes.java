package io.github.reelbeam.internal.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/**
 * Failures of OkHttp that quote what they could not read. Where an answer is out of step with its
 * request, that is the rest of another answer, which may be a grant with its secrets.
 */
final class QuotedBytes {
  /** The one that says only that a body is shorter than was promised. */
  private static final String CUT_SHORT = "unexpected end of stream";

  private QuotedBytes() {}

  /** The failure, or one in its place that quotes nothing. */
  static IOException removed(IOException failure) {
    if (Causes.of(failure).stream().noneMatch(QuotedBytes::quotes)) {
      return failure;
    }
    IOException plain =
        quotes(failure)
            ? new ProtocolException("the answer is not HTTP")
            : new IOException(failure.getMessage());
    plain.setStackTrace(failure.getStackTrace());
    return plain;
  }

  private static boolean quotes(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return (failure instanceof ProtocolException && !message.equals(CUT_SHORT))
        || (failure instanceof EOFException && message.contains("content="));
  }
}
