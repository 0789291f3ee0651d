package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.internal.http.Causes;
import java.util.Optional;
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

  /** The one that a future of the engine failed with, under what the future has put around it. */
  public static Optional<TransferFailure> in(Throwable failure) {
    return Optional.ofNullable(Causes.find(failure, TransferFailure.class));
  }

  /**
   * Whether other credentials may help. Some stores say no more than AccessDenied when a token has
   * expired, Ceph among them.
   */
  public boolean mayBeCredentials() {
    return kind == FailureKind.CREDENTIALS || kind == FailureKind.DENIED;
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
