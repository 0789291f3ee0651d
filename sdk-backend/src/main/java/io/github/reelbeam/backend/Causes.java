package io.github.reelbeam.backend;

/** What led to a failure, one after the other. */
final class Causes {
  /** Far more than exceptions are ever nested; a chain may also go in a circle. */
  private static final int MAX_CAUSES = 32;

  private Causes() {}

  /** Whether the failure, or what led to it, is of a kind. */
  static boolean contain(Class<? extends Throwable> kind, Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (kind.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
