package io.github.reelbeam;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to one upload.
 *
 * <p>Every method does nothing unless overridden. The calls for one upload come one after another,
 * never two at a time, on the executor given to the {@link VideoUploader} (a thread of the uploader
 * otherwise). They begin with {@link #onStarted} and end with exactly one of {@link #onCompleted},
 * {@link #onFailed} and {@link #onCancelled}; nothing comes after it. A listener that throws is
 * logged and does the upload no harm; a slow listener delays only its own events, and gets fewer
 * progress events.
 */
public interface UploadListener {

  /** The upload has begun, or this listener has just been added to one that had. */
  default void onStarted(Upload upload) {}

  /** Bytes have moved: at most 10 times a second, the last one always. */
  default void onProgress(UploadProgress progress) {}

  /** S3 has confirmed a part. */
  default void onPartCompleted(PartCompleted part) {}

  /** A part failed and will be sent again by itself after a delay; no other part is affected. */
  default void onPartRetry(PartRetry retry) {}

  /** The credentials were renewed; nothing was interrupted. */
  default void onCredentialsRenewed(CredentialsRenewed renewal) {}

  /** The upload is at another state now. */
  default void onStateChanged(StateChange change) {}

  /** The end: stored, and the backend told. */
  default void onCompleted(VideoAsset asset) {}

  /** The end for this process: the upload failed. */
  default void onFailed(UploadException failure) {}

  /** The end: discarded. */
  default void onCancelled() {}

  /**
   * A part that S3 has confirmed.
   *
   * @param partNumber 1 to 10,000, the part numbers that S3 knows; 1 for a source that went as one
   *     object
   * @param bytes the part's length in bytes
   * @param partsCompleted how many parts are confirmed now, those of earlier runs included
   * @param partsTotal how many there are in all
   */
  record PartCompleted(int partNumber, long bytes, int partsCompleted, int partsTotal) {}

  /**
   * A part that will be sent again.
   *
   * @param partNumber 1 to 10,000; 0 for a request that belongs to no part, such as the one that
   *     opens or completes the multipart upload
   * @param attempt how many attempts at it have failed so far, from 1
   * @param delay how long it waits before the next attempt
   * @param cause the class of what went wrong
   * @param reason what went wrong, in words without secrets
   */
  record PartRetry(int partNumber, int attempt, Duration delay, RetryCause cause, String reason) {}

  /** Why something is sent again: a few classes, to count by. */
  enum RetryCause {
    /** The connection broke, or was not taken, before there was an answer. */
    CONNECTION,
    /** No byte moved within {@link TransferOptions#stallTimeout()}. */
    STALLED,
    /** The store asks for a slower pace: 429, 503, SlowDown. */
    THROTTLED,
    /** The store answered with another error that may pass, such as 500. */
    STORE_ERROR
  }

  /**
   * Credentials that were renewed.
   *
   * @param expiration when the new ones expire, by the clock of the server that issued them
   */
  record CredentialsRenewed(Instant expiration) {}

  /**
   * A change of state.
   *
   * @param from the state before
   * @param to the state now
   * @param reason why it waits, if {@code to} is {@link UploadState#WAITING}; otherwise null
   */
  record StateChange(UploadState from, UploadState to, @Nullable WaitReason reason) {}

  /** Why an upload waits. */
  enum WaitReason {
    /** The network, the store or the backend cannot be reached. */
    OFFLINE,
    /** The backend or the store answers, but asks for time. */
    BACKOFF,
    /** As many other uploads are at work as {@link TransferOptions#concurrentUploads()} allows. */
    QUEUED,
    /** The app's {@link NetworkPolicy} does not let uploads use the network as it is now. */
    NETWORK_POLICY
  }
}
