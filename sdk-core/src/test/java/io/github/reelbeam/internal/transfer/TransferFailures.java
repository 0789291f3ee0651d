package io.github.reelbeam.internal.transfer;

import org.jspecify.annotations.Nullable;

/** Ends of runs for tests of the pipeline. */
public final class TransferFailures {
  private TransferFailures() {}

  /** A run that ended so, at the store's request {@code request-1}. */
  public static TransferFailure of(FailureKind kind, @Nullable Throwable cause) {
    return new TransferFailure(kind, "the run ended: " + kind, "request-1", cause);
  }
}
