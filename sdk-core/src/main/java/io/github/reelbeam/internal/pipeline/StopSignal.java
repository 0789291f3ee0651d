package io.github.reelbeam.internal.pipeline;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Asks one pass through the pipeline to stop, and lets the pipeline wait for things without missing
 * that. It takes the place of thread interrupts, which would close the journal's file channels in
 * the middle of a write.
 */
final class StopSignal {
  private final CompletableFuture<Duration> stopped = new CompletableFuture<>();

  /** Asks for a stop at once. */
  void stop() {
    stop(Duration.ZERO);
  }

  /** Asks for a stop; what is on the network may take this long to end by itself. */
  void stop(Duration grace) {
    stopped.complete(grace);
  }

  /** How long what is on the network may take to end by itself; zero if no stop is asked for. */
  Duration grace() {
    return stopped.getNow(Duration.ZERO);
  }

  /** Throws if a stop has been asked for. */
  void check() throws StoppedException {
    if (stopped.isDone()) {
      throw new StoppedException();
    }
  }

  /**
   * Waits for a result.
   *
   * @throws StoppedException if a stop is asked for first; the work goes on unheard
   * @throws ExecutionException if the work failed; its cause says how
   */
  <T> T await(CompletableFuture<T> work) throws StoppedException, ExecutionException {
    try {
      CompletableFuture.anyOf(work, stopped).join();
    } catch (CompletionException e) {
      // of the two only the work can fail; it is asked below
    }
    if (!work.isDone()) {
      throw new StoppedException();
    }
    try {
      return work.join();
    } catch (CompletionException e) {
      throw new ExecutionException(e.getCause());
    } catch (CancellationException e) {
      throw new ExecutionException(e);
    }
  }

  /**
   * Calls something that blocks, on another thread, which is interrupted if a stop is asked for.
   *
   * @throws ExecutionException if the call failed; its cause says how
   */
  <T> T call(Blocking<T> blocking, Executor workers) throws StoppedException, ExecutionException {
    check();
    CompletableFuture<T> result = new CompletableFuture<>();
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              try {
                result.complete(blocking.call());
              } catch (Exception | Error e) {
                result.completeExceptionally(e);
              }
              return null;
            });
    workers.execute(task);
    try {
      return await(result);
    } catch (StoppedException e) {
      task.cancel(true);
      throw e;
    }
  }

  /** Waits for a time. */
  void sleep(Duration time, ScheduledExecutorService scheduler) throws StoppedException {
    CompletableFuture<Void> over = new CompletableFuture<>();
    Future<?> timer =
        scheduler.schedule(() -> over.complete(null), time.toMillis(), TimeUnit.MILLISECONDS);
    try {
      await(over);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a timer cannot fail", e);
    } finally {
      timer.cancel(false);
    }
  }

  /** Something that blocks. */
  @FunctionalInterface
  interface Blocking<T> {
    T call() throws InterruptedException;
  }
}
