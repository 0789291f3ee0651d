package io.github.reelbeam;

/**
 * Where an upload stands.
 *
 * <p>The first five are the stages, in this order; each is in the journal before anything relies on
 * it. The others say what a live upload is doing (or no longer doing) at its stage.
 */
public enum UploadState {
  /** Known and in the journal; no grant yet. */
  REQUESTED,
  /** The backend has given credentials and the object key. */
  GRANTED,
  /** Parts are on their way to S3. */
  TRANSFERRING,
  /** S3 has confirmed the whole object; the backend has not been told yet. */
  STORED,
  /** The backend has been told: the end of a successful upload. */
  NOTIFIED,
  /** Stopped by {@link Upload#pause()}; the parts stored so far are kept. */
  PAUSED,
  /**
   * Nothing moves until the network or the backend is there again, or until other uploads have made
   * room; no attempt is spent.
   */
  WAITING,
  /** Ended by an error. What is stored is kept; {@link UploadException#isResumable()} says more. */
  FAILED,
  /** Ended by {@link Upload#cancel()}: aborted in S3 and forgotten. */
  CANCELLED;

  /** Whether nothing more will happen to the upload in this process. */
  public boolean isTerminal() {
    return this == NOTIFIED || this == FAILED || this == CANCELLED;
  }
}
