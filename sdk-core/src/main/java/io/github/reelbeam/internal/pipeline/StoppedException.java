package io.github.reelbeam.internal.pipeline;

/** A pass through the pipeline ends because it was asked to. */
final class StoppedException extends Exception {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    // control flow: nobody reads its trace
    super("stopped", null, false, false);
  }
}
