package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.TransferException;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.internal.http.Causes;
import io.github.reelbeam.internal.transfer.TransferFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Takes back what an upload has left in S3, then forgets it. */
final class DiscardUpload {
  // an abort that is on its way takes a moment; one without a network takes for ever
  private static final Duration LAST_MOMENT = Duration.ofSeconds(3);

  private final Environment environment;
  private final AbortParts abortParts;

  DiscardUpload(Environment environment) {
    this.environment = environment;
    this.abortParts = new AbortParts(environment);
  }

  /**
   * Notes that the upload is to go, aborts the multipart upload if there is one, and forgets the
   * upload only after that: a discard that was cut short is finished at the next start.
   *
   * @throws StoppedException if a stop is asked for, and S3 does not answer soon
   */
  void run(UploadJob job, StopSignal stop) throws StoppedException {
    job.write(e -> e.discarding(environment.now()));
    try {
      await(abortParts.begin(job), stop);
    } catch (ExecutionException e) {
      throw failure(job, e);
    }
    job.forget();
  }

  private void await(CompletableFuture<Void> abort, StopSignal stop)
      throws StoppedException, ExecutionException {
    try {
      stop.await(abort);
    } catch (StoppedException closing) {
      AbortParts.endsWithin(abort, LAST_MOMENT, environment.scheduler());
      stop.await(abort);
    }
  }

  private static UploadException failure(UploadJob job, ExecutionException e) {
    TransferFailure told = TransferFailure.in(e).orElse(null);
    List<Throwable> causes = Causes.of(e);
    Throwable cause = told == null ? causes.get(causes.size() - 1) : told;
    return new TransferException(
        "upload "
            + job.id()
            + " could not be discarded, S3 was not told: "
            + cause.getMessage()
            + ". The next VideoUploader tries it again, or discard it again yourself.",
        job.details(Stage.TRANSFER, true, null),
        e);
  }
}
