package io.github.reelbeam.examples.conformance;

import java.io.IOException;

/** The backend gave no answer: the connection was refused, broke, or nothing came in time. */
final class NoAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String sent;

  NoAnswerException(String sent, IOException cause) {
    super("no answer: " + cause, cause);
    this.sent = sent;
  }

  String sent() {
    return sent;
  }
}
