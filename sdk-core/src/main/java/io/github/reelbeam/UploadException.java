package io.github.reelbeam;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload that did not reach its end. The leaves tell the caller's next step; a plain {@code
 * UploadException} says that the {@link VideoUploader} was closed over it.
 *
 * <p>The message says what happened, to which upload, and what to do. It holds no secret.
 */
public class UploadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Details details;
  private transient volatile @Nullable UploadTimeline timeline;

  /**
   * Makes an exception.
   *
   * @param message what happened and what to do
   * @param details to which upload, where, and whether it can be resumed
   * @param cause what led to it, or null
   */
  public UploadException(String message, Details details, @Nullable Throwable cause) {
    super(message, cause);
    this.details = Objects.requireNonNull(details, "details");
  }

  /** The upload that failed; empty if a component was used alone, outside of an upload. */
  public Optional<UploadId> uploadId() {
    return Optional.ofNullable(details.uploadId());
  }

  /** Where it failed. */
  public Stage stage() {
    return details.stage();
  }

  /**
   * Whether starting the same upload again goes on from what is stored and may succeed. If not,
   * something has to change first: the source, the request, the backend.
   */
  public boolean isResumable() {
    return details.resumable();
  }

  /** The request id of the server that refused, if it gave one: for its operators' logs. */
  public Optional<String> requestId() {
    return Optional.ofNullable(details.requestId());
  }

  /**
   * What had happened to the upload in this process, its failure included: for a bug report. Empty
   * if there was no upload yet, or a component was used alone. It does not survive serialization.
   */
  public Optional<UploadTimeline> timeline() {
    return Optional.ofNullable(timeline);
  }

  /**
   * Names the upload's timeline, as {@link Throwable#initCause} names a cause: once. Reelbeam calls
   * it when an upload ends; after that it has no effect.
   *
   * @return this exception
   */
  public UploadException initTimeline(UploadTimeline uploadTimeline) {
    Objects.requireNonNull(uploadTimeline, "uploadTimeline");
    synchronized (this) {
      if (timeline == null) {
        timeline = uploadTimeline;
      }
    }
    return this;
  }

  /** The step at which an upload failed. */
  public enum Stage {
    /** Looking at the source, or at the journal, before anything was sent. */
    PREPARE,
    /** Asking the backend for credentials and a key. */
    GRANT,
    /** Sending the bytes to S3. */
    TRANSFER,
    /** Telling the backend. */
    NOTIFY
  }

  /**
   * What every failure knows.
   *
   * @param uploadId the upload, or null where a component is used alone
   * @param stage where it failed
   * @param resumable whether starting again goes on from what is stored
   * @param requestId the refusing server's request id, or null
   */
  public record Details(
      @Nullable UploadId uploadId, Stage stage, boolean resumable, @Nullable String requestId) {

    /** Returns the same for a named upload. */
    public Details of(UploadId id) {
      return new Details(id, stage, resumable, requestId);
    }
  }
}
