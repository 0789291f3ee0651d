package io.github.reelbeam.examples.conformance;

/** A check cannot be carried out, because something that it needs is not there. */
final class NotGivenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NotGivenException(String why) {
    super(why);
  }

  static NotGivenException by(String checkId) {
    return new NotGivenException("needs what " + checkId + " did not get");
  }
}
