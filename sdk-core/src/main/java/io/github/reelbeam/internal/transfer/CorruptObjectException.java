package io.github.reelbeam.internal.transfer;

/** The object in the store is not what was sent. */
final class CorruptObjectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CorruptObjectException(String message) {
    super(message);
  }
}
