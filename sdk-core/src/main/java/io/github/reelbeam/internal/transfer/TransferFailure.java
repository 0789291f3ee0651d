package io.github.reelbeam.internal.transfer;

import org.jspecify.annotations.Nullable;

/** Why a run ended without the object. It says what happened; the pipeline decides what to do. */
public final class TransferFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final @Nullable String requestId;

  TransferFailure(
      FailureKind kind, String message, @Nullable String requestId, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.requestId = requestId;
  }

  /** What kind of failure it is. */
  public FailureKind kind() {
    return kind;
  }

  /** The store's request id, or null. */
  public @Nullable String requestId() {
    return requestId;
  }
}
