package io.github.reelbeam.internal.transfer;

/** Carries what an observer threw through the SDK, so that it is known again on the other side. */
final class ObserverStop extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ObserverStop(RuntimeException cause) {
    super(cause.getMessage(), cause);
  }
}
