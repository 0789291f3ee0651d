package io.github.reelbeam.internal.http;

import org.jspecify.annotations.Nullable;

/**
 * The backend could not be reached, or refused. The message says what happened and what to do, and
 * holds neither bodies nor authorization; the cause is the {@link java.io.IOException} if it was
 * one.
 */
public final class BackendException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String code;
  private final @Nullable String requestId;
  private final boolean resumable;

  private BackendException(
      String message,
      int status,
      @Nullable String code,
      @Nullable String requestId,
      boolean resumable,
      @Nullable Throwable cause) {
    super(message, cause);
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.resumable = resumable;
  }

  /** There is no answer. */
  static BackendException unanswered(String message, Throwable cause) {
    return new BackendException(message, 0, null, null, true, cause);
  }

  /** There is an answer, and it is a refusal. */
  static BackendException refused(
      String message, BackendAnswer answer, @Nullable String code, boolean resumable) {
    return new BackendException(
        message, answer.status(), code, answer.requestId(), resumable, null);
  }

  /** The HTTP status, or 0 if there was no answer. */
  public int status() {
    return status;
  }

  /** The backend's error code, if it gave one. */
  public @Nullable String code() {
    return code;
  }

  /** The backend's request id, if it gave one. */
  public @Nullable String requestId() {
    return requestId;
  }

  /** Whether the same may succeed later. */
  public boolean isResumable() {
    return resumable;
  }
}
