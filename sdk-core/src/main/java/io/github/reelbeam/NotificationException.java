package io.github.reelbeam;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The video is stored, but the backend has not taken the notification. Resuming the upload sends
 * only the notification again, under the same idempotency key.
 */
public final class NotificationException extends UploadException {
  private static final long serialVersionUID = 1L;

  private final transient VideoAsset asset;
  private final int status;
  private final @Nullable String code;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do
   * @param details to which upload, and whether it can be resumed
   * @param asset the stored object
   * @param status the HTTP status, or 0 if there was no answer
   * @param code the backend's error code, or null
   * @param cause what led to it, or null
   */
  public NotificationException(
      String message,
      Details details,
      VideoAsset asset,
      int status,
      @Nullable String code,
      @Nullable Throwable cause) {
    super(message, details, cause);
    this.asset = Objects.requireNonNull(asset, "asset");
    this.status = status;
    this.code = code;
  }

  /** The object that is stored and of which the backend does not know yet. */
  public VideoAsset asset() {
    return asset;
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
