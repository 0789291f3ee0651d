package io.github.reelbeam;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * One upload that is live in this process: watch it, stop it, let it go on.
 *
 * <p>Losing or dropping this object does not end the upload. All methods may be called from any
 * thread at any time; none but the two {@code await}s blocks.
 */
public interface Upload {

  /** The upload's name, the same in every process that works on it. */
  UploadId id();

  /** Where the upload stands now. */
  UploadState state();

  /** How far it has come now. */
  UploadProgress progress();

  /**
   * What has happened to the upload in this process until now. To be asked at any time, also after
   * the end; each call takes a snapshot of its own.
   */
  UploadTimeline timeline();

  /** Which uploads it goes before now. */
  UploadPriority priority();

  /**
   * The outcome: completes with the asset once the backend has been told, or exceptionally with an
   * {@link UploadException}, or as cancelled. It stays open while the upload is paused. Completing
   * or cancelling the returned future changes nothing about the upload.
   */
  CompletableFuture<VideoAsset> completion();

  /**
   * Waits for the outcome.
   *
   * @return the asset, with the backend's answer
   * @throws UploadException if the upload failed; {@link UploadException#isResumable()} tells
   *     whether starting it again goes on from what is stored
   * @throws java.util.concurrent.CancellationException if the upload was cancelled
   * @throws InterruptedException if this thread was interrupted; the upload itself goes on
   */
  VideoAsset await() throws InterruptedException;

  /**
   * Waits for the outcome, but not longer than {@code timeout}.
   *
   * @throws TimeoutException if the upload is not at its end by then; it goes on
   * @throws UploadException as for {@link #await()}
   * @throws InterruptedException as for {@link #await()}
   */
  VideoAsset await(Duration timeout) throws InterruptedException, TimeoutException;

  /**
   * Stops the upload and keeps what is stored. The parts in flight are dropped; {@link
   * UploadState#PAUSED} is reported once none is left. No effect on an upload that is paused or at
   * its end.
   */
  void pause();

  /**
   * Goes on after {@link #pause()}, at once or when it is its turn. No effect on an upload that is
   * not paused.
   */
  void resume();

  /**
   * Discards the upload: what S3 holds of it is removed, and it is forgotten. Once S3 has confirmed
   * the whole object there is nothing left to abort: the object stays, the backend is not told of
   * it, and removing it is the backend's affair. No effect on an upload at its end.
   */
  void cancel();

  /**
   * Lets the upload go before others, or after them, from now on. What is on the network already
   * goes on, and an upload that is at work is not sent back into the line. No effect on an upload
   * at its end.
   */
  void prioritize(UploadPriority priority);

  /**
   * Adds a listener. A listener that comes late is told at once what the state and the progress are
   * now, or how the upload ended.
   */
  void addListener(UploadListener listener);
}
