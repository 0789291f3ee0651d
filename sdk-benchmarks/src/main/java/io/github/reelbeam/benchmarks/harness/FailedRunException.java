package io.github.reelbeam.benchmarks.harness;

import java.io.IOException;

/** A contestant's process ended with an error, or had to be ended. */
final class FailedRunException extends IOException {
  private static final long serialVersionUID = 1;

  FailedRunException(String message) {
    super(message);
  }
}
