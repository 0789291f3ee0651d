package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.internal.http.FailedFuture;
import io.github.reelbeam.internal.transfer.TransferFailure;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Removes from S3 what an upload has stored there and that has not become an object. */
final class AbortParts {
  private final Environment environment;

  AbortParts(Environment environment) {
    this.environment = environment;
  }

  /**
   * Begins it.
   *
   * @return completes once S3 holds nothing of it, at once if it never held anything
   */
  CompletableFuture<Void> begin(UploadJob job) {
    JournalEntry entry = job.entry();
    Transfer transfer = entry.transfer();
    if (entry.stored() != null || transfer == null || transfer.multipartUploadId() == null) {
      return CompletableFuture.completedFuture(null);
    }
    try {
      environment.stores().check(job.target());
    } catch (GrantException e) {
      return FailedFuture.of(e);
    }
    String multipartUploadId = transfer.multipartUploadId();
    return abort(job, multipartUploadId)
        .<@Nullable Throwable>handle((done, failure) -> failure)
        .thenCompose(
            failure -> {
              if (failure == null) {
                return CompletableFuture.completedFuture(null);
              }
              if (!TransferFailure.in(failure)
                  .filter(TransferFailure::mayBeCredentials)
                  .isPresent()) {
                return FailedFuture.of(failure);
              }
              // as with a part: once more, with others
              job.session().invalidate();
              return abort(job, multipartUploadId);
            });
  }

  private CompletableFuture<Void> abort(UploadJob job, String multipartUploadId) {
    return environment
        .engine()
        .abort(job.target(), multipartUploadId, job.session()::credentials, job.context());
  }

  /** Waits for some work, but not longer than this; returns whether it has ended, however. */
  static boolean endsWithin(
      CompletableFuture<?> work, Duration time, ScheduledExecutorService scheduler) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    var timer =
        scheduler.schedule(() -> over.complete(null), time.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture.anyOf(work.handle((done, failure) -> null), over).join();
    timer.cancel(false);
    return work.isDone();
  }
}
