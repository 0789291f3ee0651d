package io.github.reelbeam;

import org.jspecify.annotations.Nullable;

/**
 * S3 did not take the bytes. The parts it has confirmed are kept, unless the upload was discarded.
 */
public final class TransferException extends UploadException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do
   * @param details to which upload, and whether it can be resumed
   * @param cause what led to it, or null
   */
  public TransferException(String message, Details details, @Nullable Throwable cause) {
    super(message, details, cause);
  }
}
