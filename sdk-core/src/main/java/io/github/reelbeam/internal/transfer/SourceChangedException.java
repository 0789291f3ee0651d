package io.github.reelbeam.internal.transfer;

/** The source is not the one that the upload began with: reading it again does not help. */
final class SourceChangedException extends SourceReadException {
  private static final long serialVersionUID = 1L;

  SourceChangedException(String message) {
    super(message);
  }
}
