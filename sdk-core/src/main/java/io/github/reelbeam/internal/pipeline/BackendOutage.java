package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.internal.http.Causes;
import io.github.reelbeam.internal.http.Connectivity;
import io.github.reelbeam.internal.http.ProxyRefusedException;
import io.github.reelbeam.internal.http.UntrustedServer;
import java.io.IOException;
import java.util.Optional;

/**
 * Tells a backend that is down for a while, for which an upload waits, from one that has said what
 * it has to say.
 */
final class BackendOutage {
  private BackendOutage() {}

  /** Why to wait before asking for credentials again; empty if waiting is of no use. */
  static Optional<WaitReason> of(GrantException refused) {
    if (!refused.isResumable() || takesAPerson(refused)) {
      return Optional.empty();
    }
    if (Connectivity.isUnreachable(refused)) {
      return Optional.of(WaitReason.OFFLINE);
    }
    int status = refused.status().orElse(0);
    boolean passes = status == 0 ? isCutOff(refused) : isTransient(status);
    return passes ? Optional.of(WaitReason.BACKOFF) : Optional.empty();
  }

  /** Whether waiting is of no use, as it takes somebody to set something right. */
  static boolean takesAPerson(Throwable failure) {
    return UntrustedServer.isIn(failure) || ProxyRefusedException.isIn(failure);
  }

  /** A 401 is resumable too, but what it waits for is a person who signs in. */
  private static boolean isTransient(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  /** A connection that broke; and not, say, an authorization supplier of the app's that failed. */
  private static boolean isCutOff(Throwable failure) {
    return Causes.find(failure, IOException.class) != null;
  }
}
