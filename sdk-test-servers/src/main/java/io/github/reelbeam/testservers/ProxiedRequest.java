package io.github.reelbeam.testservers;

import java.util.OptionalInt;

/**
 * A request that a {@link FaultProxy} is done with, or that it left hanging.
 *
 * @param bodyBytes how many bytes of the body arrived, without the framing of chunked encoding
 * @param status what the client was answered, or 0 if it was not
 */
public record ProxiedRequest(RequestHead head, long bodyBytes, int status, Outcome outcome) {

  /** How it ended. */
  public enum Outcome {
    /** The server's answer reached the client. */
    PASSED,
    /** The proxy answered in the server's place. */
    ANSWERED,
    /** The fault ended the connection, or left it hanging. */
    CUT,
    /** One of the two sides ended the connection. */
    BROKEN
  }

  /** The part number, if this uploaded a part. */
  public OptionalInt partNumber() {
    return head.partNumber();
  }

  /** The target, as sent. */
  public String target() {
    return head.target();
  }
}
