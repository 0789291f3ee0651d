package io.github.reelbeam.internal.transfer;

/** The store answered with success, but the answer is none that S3 would give. */
final class UnusableAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableAnswerException(String message) {
    super(message);
  }
}
