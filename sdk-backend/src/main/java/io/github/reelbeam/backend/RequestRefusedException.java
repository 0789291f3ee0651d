package io.github.reelbeam.backend;

/**
 * The client's request is refused, in the words of the wire contract: a status of 400 to 499, a
 * code that programs act on, and a message for people. Nothing has been granted or registered.
 */
public final class RequestRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * Creates a refusal.
   *
   * @param status 400 to 499
   * @param code in lower case with underscores, such as {@code asset_not_found}
   * @param message goes to the client: no secret and nothing about other users may be in it
   * @throws IllegalArgumentException if the status is out of these bounds
   */
  public RequestRefusedException(int status, String code, String message) {
    super(message);
    if (status < 400 || status > 499) {
      throw new IllegalArgumentException("not the status of a refusal: " + status);
    }
    this.status = status;
    this.code = code;
  }

  /** A malformed request: 400 with the code {@code invalid_request}. */
  static RequestRefusedException invalid(String message) {
    return new RequestRefusedException(400, "invalid_request", message);
  }

  /** The HTTP status to answer with. */
  public int status() {
    return status;
  }

  /** The {@code code} of the answer. */
  public String code() {
    return code;
  }
}
