package io.github.reelbeam.testservers;

/** What a {@link NetworkLink} does to one connection, whatever is spoken over it. */
public sealed interface LinkFault {

  /** The two directions of a connection. */
  enum Direction {
    /** From the client to the server. */
    UP,
    /** From the server to the client. */
    DOWN
  }

  /** Carries it to its end. */
  record None() implements LinkFault {}

  /** Takes it and resets it at once (RST). */
  record Refuse() implements LinkFault {}

  /** Takes it, and then neither reads nor says anything. */
  record Silence() implements LinkFault {}

  /** Resets both sides (RST) once so many bytes have gone in a direction. */
  record ResetAfter(Direction direction, long bytes) implements LinkFault {}

  /**
   * Carries no more than so many bytes in a direction, as when the other side has gone without a
   * word: the connection stays open, and the other direction still works.
   */
  record StallAfter(Direction direction, long bytes) implements LinkFault {}

  /** Ends both sides in order (FIN) once so many bytes have gone in a direction. */
  record EndAfter(Direction direction, long bytes) implements LinkFault {}

  /** Carries it to its end. */
  static LinkFault none() {
    return new None();
  }
}
