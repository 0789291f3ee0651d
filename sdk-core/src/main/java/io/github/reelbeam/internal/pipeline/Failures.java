package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.NotificationException;
import io.github.reelbeam.SourceException;
import io.github.reelbeam.TransferException;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.internal.http.Causes;
import io.github.reelbeam.internal.transfer.FailureKind;
import io.github.reelbeam.internal.transfer.TransferFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says of a failure to which upload it happened, and what can be done. */
final class Failures {
  private Failures() {}

  /** What a fetcher threw, as a failure of this upload. */
  static GrantException grant(UploadJob job, @Nullable Throwable failure) {
    if (failure instanceof GrantException known) {
      return new GrantException(
          "upload " + job.id() + " has no credentials: " + known.getMessage(),
          job.details(Stage.GRANT, known.isResumable(), known.requestId().orElse(null)),
          known.status().orElse(0),
          known.code().orElse(null),
          known);
    }
    return new GrantException(
        "upload " + job.id() + " has no credentials: the credentials fetcher failed: " + failure,
        job.details(Stage.GRANT, true, null),
        0,
        null,
        failure);
  }

  /** No other credentials could be had after the store had refused the ones there were. */
  static UploadException noOtherCredentials(
      UploadJob job, TransferFailure failure, TransferFailure refused) {
    GrantException known = grant(job, Causes.find(failure, GrantException.class));
    return new GrantException(
        known.getMessage() + ". They were asked for because " + refused.getMessage(),
        job.details(
            Stage.GRANT, known.isResumable(), known.requestId().orElse(refused.requestId())),
        known.status().orElse(0),
        known.code().orElse(null),
        known);
  }

  /** What a notifier threw, as a failure of this upload. */
  static NotificationException notification(UploadJob job, @Nullable Throwable failure) {
    String what = "upload " + job.id() + " is stored, but the backend was not told: ";
    if (failure instanceof NotificationException known) {
      return new NotificationException(
          what + known.getMessage(),
          job.details(Stage.NOTIFY, known.isResumable(), known.requestId().orElse(null)),
          job.asset(),
          known.status().orElse(0),
          known.code().orElse(null),
          known);
    }
    return new NotificationException(
        what + "the notifier failed: " + failure,
        job.details(Stage.NOTIFY, true, null),
        job.asset(),
        0,
        null,
        failure);
  }

  /** A run that ended for good, as a failure of this upload. */
  static UploadException transfer(UploadJob job, TransferFailure failure) {
    String id = "upload " + job.id();
    return switch (failure.kind()) {
      case SOURCE, SOURCE_CHANGED ->
          new SourceException(
              id + " stopped: " + failure.getMessage(),
              job.details(Stage.TRANSFER, failure.kind() == FailureKind.SOURCE, null),
              failure);
      case GRANT -> grant(job, Causes.find(failure, GrantException.class));
      case STOPPED_BY_OBSERVER -> {
        UploadException thrown = Causes.find(failure, UploadException.class);
        yield thrown != null ? thrown : unexpected(job, failure);
      }
      case CORRUPT ->
          new TransferException(
              id + " failed: " + failure.getMessage() + ", twice. The object cannot be trusted.",
              job.details(Stage.TRANSFER, true, failure.requestId()),
              failure);
      case DENIED, REJECTED ->
          new TransferException(
              id
                  + " was refused: "
                  + failure.getMessage()
                  + ". Trying again will not help as long as the bucket's or the grant's policy"
                  + " stays as it is; what is stored is kept.",
              job.details(Stage.TRANSFER, false, failure.requestId()),
              failure);
      case CREDENTIALS, UPLOAD_GONE, UNREACHABLE, PROXY_LOGIN, THROTTLED, TRANSIENT ->
          new TransferException(
              id
                  + " was interrupted: "
                  + failure.getMessage()
                  + ". What is stored is kept; start it again to go on.",
              job.details(Stage.TRANSFER, true, failure.requestId()),
              failure);
    };
  }

  /** What the fetcher said, if it is for want of credentials that a run ended. */
  static Optional<GrantException> refusedGrant(TransferFailure failure) {
    return failure.kind() == FailureKind.GRANT
        ? Optional.ofNullable(Causes.find(failure, GrantException.class))
        : Optional.empty();
  }

  /** Whatever was thrown, as a failure of this upload. */
  static UploadException of(UploadJob job, @Nullable Throwable failure) {
    return failure instanceof UploadException known
        ? known
        : unexpected(job, failure == null ? new IllegalStateException("no cause") : failure);
  }

  /** A defect, or a part of the app's that threw something it should not. */
  static UploadException unexpected(UploadJob job, Throwable failure) {
    return new UploadException(
        "upload " + job.id() + " failed unexpectedly: " + failure + ". What is stored is kept.",
        new Details(job.id(), Stage.TRANSFER, true, null),
        failure);
  }
}
