package io.github.reelbeam.internal.transfer;

import java.io.IOException;

/** The source could not be read, or is not what it was: the network and S3 have no part in it. */
class SourceReadException extends IOException {
  private static final long serialVersionUID = 1L;

  SourceReadException(String message, Throwable cause) {
    super(message, cause);
  }

  SourceReadException(String message) {
    super(message);
  }
}
