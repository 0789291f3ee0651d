package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadException;
import io.github.reelbeam.VideoAsset;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** How an upload ends, for those who wait for that. Safe for use by many threads. */
final class Outcome {
  private final CompletableFuture<VideoAsset> outcome = new CompletableFuture<>();

  boolean isDone() {
    return outcome.isDone();
  }

  /** The end: with an asset, as cancelled, or failed. */
  void complete(@Nullable VideoAsset asset, @Nullable Throwable failure) {
    if (asset != null) {
      outcome.complete(asset);
    } else if (failure instanceof CancellationException) {
      outcome.cancel(false);
    } else if (failure != null) {
      outcome.completeExceptionally(failure);
    }
  }

  /** A future for somebody else, who may do with it what he likes. */
  CompletableFuture<VideoAsset> copy() {
    // not that of the JDK: of a cancelled future it makes one that failed
    CompletableFuture<VideoAsset> seen = new CompletableFuture<>();
    var unused =
        outcome.whenComplete(
            (asset, failure) -> {
              if (failure == null) {
                seen.complete(asset);
              } else if (failure instanceof CancellationException) {
                seen.cancel(false);
              } else {
                seen.completeExceptionally(failure);
              }
            });
    return seen;
  }

  VideoAsset await() throws InterruptedException {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  VideoAsset await(Duration timeout) throws InterruptedException, TimeoutException {
    try {
      return outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  /** Waits, however it ends. */
  void awaitEnd() {
    var unused = outcome.handle((asset, failure) -> failure == null).join();
  }

  /**
   * Waits for a discard.
   *
   * @throws UploadException if it failed
   */
  void awaitDiscarded() {
    try {
      outcome.join();
    } catch (CancellationException e) {
      // as it was to end
      return;
    } catch (CompletionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable failure) {
    // the worker ends with nothing else than an UploadException
    return failure instanceof UploadException known ? known : new IllegalStateException(failure);
  }
}
