package io.github.reelbeam;

import org.jspecify.annotations.Nullable;

/**
 * The source is missing, empty, unreadable, or not the one the upload began with. Nothing of a
 * changed source is stored as if nothing had happened.
 */
public final class SourceException extends UploadException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do
   * @param details to which upload, and whether it can be resumed
   * @param cause what led to it, or null
   */
  public SourceException(String message, Details details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
