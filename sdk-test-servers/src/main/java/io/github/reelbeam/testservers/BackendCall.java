package io.github.reelbeam.testservers;

/**
 * A request about to be served by an {@link EmbeddedBackend}.
 *
 * @param number counts the requests of this operation, from 1
 * @param body as it came
 */
public record BackendCall(Operation operation, int number, String body) {

  /** The endpoints of the wire contract. */
  public enum Operation {
    /** POST /api/v1/uploads. */
    GRANT,
    /** POST /api/v1/uploads/renewals. */
    RENEWAL,
    /** POST /api/v1/video. */
    NOTIFICATION
  }
}
