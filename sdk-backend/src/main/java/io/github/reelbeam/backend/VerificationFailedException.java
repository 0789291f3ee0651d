package io.github.reelbeam.backend;

import org.jspecify.annotations.Nullable;

/**
 * The store could not be asked about an object, for a reason that is not the client's: it is out of
 * reach or throttles ({@link #isTransient()}), or the backend's own rights or settings are wrong.
 * Whether the object is there is not known, so the client must neither be told that it is nor that
 * it is not. The message is meant for the backend's log and not for the client.
 */
public final class VerificationFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isTransient;

  /**
   * Creates a failure.
   *
   * @param message for the backend's log: what was asked, and why there is no answer
   * @param isTransient whether the same question may be answered later
   * @param cause null if there is none
   */
  public VerificationFailedException(
      String message, boolean isTransient, @Nullable Throwable cause) {
    super(message, cause);
    this.isTransient = isTransient;
  }

  /** Whether the same may succeed later with nothing changed: answer 503, else 500. */
  public boolean isTransient() {
    return isTransient;
  }
}
