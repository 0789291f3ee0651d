package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.TransferException;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.internal.transfer.TransferFailure;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.util.concurrent.CompletionException;

/** Takes back what an upload has left in S3, then forgets it. */
final class DiscardUpload {
  private final Environment environment;

  DiscardUpload(Environment environment) {
    this.environment = environment;
  }

  /**
   * Notes that the upload is to go, aborts the multipart upload if there is one, and forgets the
   * upload only after that: a discard that was cut short is finished at the next start.
   */
  void run(UploadJob job) {
    job.write(e -> e.discarding(environment.now()));
    JournalEntry entry = job.entry();
    Transfer transfer = entry.transfer();
    if (entry.stored() == null && transfer != null && transfer.multipartUploadId() != null) {
      try {
        environment
            .engine()
            .abort(job.target(), transfer.multipartUploadId(), job.session()::credentials)
            .join();
      } catch (CompletionException e) {
        throw failure(job, e);
      }
    }
    job.forget();
  }

  private static UploadException failure(UploadJob job, CompletionException e) {
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof TransferFailure)) {
      cause = cause.getCause();
    }
    return new TransferException(
        "upload "
            + job.id()
            + " could not be discarded, S3 was not told: "
            + cause.getMessage()
            + ". It is still pending; discard it again later.",
        job.details(Stage.TRANSFER, true, null),
        e);
  }
}
