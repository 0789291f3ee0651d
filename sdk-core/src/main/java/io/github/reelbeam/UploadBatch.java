package io.github.reelbeam;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * Several uploads that were begun together: watch them, stop them, let them go on as one. Each goes
 * its own way: one that fails or is cancelled holds up no other, and each can be steered by itself.
 *
 * <p>Losing or dropping this object ends no upload. All methods may be called from any thread at
 * any time; none but the two {@code await}s blocks.
 */
public interface UploadBatch {

  /** The uploads in the order of their requests; several requests for one source are one upload. */
  List<Upload> uploads();

  /** How far they have come now. */
  BatchProgress progress();

  /**
   * Completes once every upload is at its end, whichever: it never completes exceptionally. It
   * stays open while one is paused. Completing or cancelling it changes nothing about the uploads.
   */
  CompletableFuture<Result> completion();

  /**
   * Waits until every upload is at its end.
   *
   * @return what has become of them; those that have failed are in it, and are not thrown
   * @throws InterruptedException if this thread was interrupted; the uploads go on
   */
  Result await() throws InterruptedException;

  /**
   * Waits until every upload is at its end, but not longer than {@code timeout}.
   *
   * @throws TimeoutException if they are not by then; they go on
   * @throws InterruptedException as for {@link #await()}
   */
  Result await(Duration timeout) throws InterruptedException, TimeoutException;

  /** {@link Upload#pause Pauses} each of them. */
  void pause();

  /** {@link Upload#resume Resumes} each of them. */
  void resume();

  /** {@link Upload#cancel Cancels} each that is not at its end; what is stored stays. */
  void cancel();

  /**
   * Adds a listener. A listener that comes late is told at once what the progress is now, in which
   * the files that have ended are counted, or the end if all have.
   */
  void addListener(UploadBatchListener listener);

  /**
   * What has become of the uploads, each in one of the lists, in the order of the requests.
   *
   * @param completed the assets that are stored and that the backend knows of
   * @param failed why the others failed; {@link UploadException#uploadId()} tells which
   * @param cancelled those that were cancelled
   */
  record Result(
      List<VideoAsset> completed, List<UploadException> failed, List<UploadId> cancelled) {

    /** Copies the lists. */
    public Result {
      completed = List.copyOf(completed);
      failed = List.copyOf(failed);
      cancelled = List.copyOf(cancelled);
    }

    /** Whether every upload was completed. */
    public boolean isComplete() {
      return failed.isEmpty() && cancelled.isEmpty();
    }
  }
}
