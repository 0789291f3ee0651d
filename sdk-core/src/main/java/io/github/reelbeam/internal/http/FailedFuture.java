package io.github.reelbeam.internal.http;

import java.util.concurrent.CompletableFuture;

/** {@code CompletableFuture.failedFuture}, which Android has from API 31 on only. */
public final class FailedFuture {
  private FailedFuture() {}

  /** A future that has failed. */
  public static <T> CompletableFuture<T> of(Throwable failure) {
    CompletableFuture<T> future = new CompletableFuture<>();
    future.completeExceptionally(failure);
    return future;
  }
}
