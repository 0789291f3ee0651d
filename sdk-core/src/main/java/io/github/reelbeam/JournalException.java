package io.github.reelbeam;

import org.jspecify.annotations.Nullable;

/** The journal could not be read or written, or the upload belongs to another process. */
public final class JournalException extends UploadException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do
   * @param details to which upload, and whether it can be resumed
   * @param cause what led to it, or null
   */
  public JournalException(String message, Details details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
