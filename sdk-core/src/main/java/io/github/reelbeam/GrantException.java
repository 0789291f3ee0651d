package io.github.reelbeam;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The backend gave no usable credentials: it refused, it could not be reached, or its answer was
 * not what the contract says. Nothing was sent to S3 because of it; what was stored before is kept.
 */
public final class GrantException extends UploadException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String code;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do
   * @param details to which upload, and whether it can be resumed
   * @param status the HTTP status, or 0 if there was no answer
   * @param code the backend's error code, or null
   * @param cause what led to it, or null
   */
  public GrantException(
      String message,
      Details details,
      int status,
      @Nullable String code,
      @Nullable Throwable cause) {
    super(message, details, cause);
    this.status = status;
    this.code = code;
  }

  /** The HTTP status of the backend's answer; empty if there was none. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** The {@code code} in the backend's answer, if it gave one. */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }
}
