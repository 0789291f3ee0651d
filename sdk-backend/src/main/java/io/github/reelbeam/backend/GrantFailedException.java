package io.github.reelbeam.backend;

import org.jspecify.annotations.Nullable;

/**
 * No credentials could be had, for a reason that is not the client's: STS is out of reach or
 * throttles ({@link #isTransient()}), or the backend's own set-up is wrong. The message says which,
 * names the role or user concerned, and what to do; it is meant for the backend's log and not for
 * the client.
 */
public final class GrantFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isTransient;

  /**
   * Creates a failure.
   *
   * @param message for the backend's log: what failed, for which role or user, and what to do
   * @param isTransient whether the same request may succeed later
   * @param cause null if there is none, or none that may stand in a log
   */
  public GrantFailedException(String message, boolean isTransient, @Nullable Throwable cause) {
    super(message, cause);
    this.isTransient = isTransient;
  }

  /** Whether the same request may succeed later with nothing changed: answer 503, else 500. */
  public boolean isTransient() {
    return isTransient;
  }
}
