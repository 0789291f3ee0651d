package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.HandDrivenExecutor;
import io.github.reelbeam.Play;
import io.github.reelbeam.RecordingListener;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import java.time.Duration;

/**
 * An upload, what is wanted of it, and what has to come of that: the last wish, but nothing comes
 * after a cancel or a close.
 */
final class WishedUpload {
  /** What the backend does while it is told of the asset. */
  interface Backend {
    void isTold(WishedUpload upload, VideoAsset asset);
  }

  final RecordingListener listener = new RecordingListener();
  final StoredUpload stored;
  final LiveUpload upload;
  private UploadState wanted = UploadState.NOTIFIED;
  private boolean told;

  /**
   * @param turns shared with other uploads
   */
  WishedUpload(
      Backend backend,
      Play play,
      HandDrivenExecutor events,
      CountingScheduler scheduler,
      Turns turns) {
    this.stored =
        new StoredUpload(
            asset -> {
              backend.isTold(this, asset);
              told = true;
              return "{}";
            },
            Runnable::run,
            play,
            events,
            scheduler,
            turns);
    this.upload = stored.upload;
    upload.addListener(listener);
    upload.start();
  }

  UploadState wanted() {
    return wanted;
  }

  void pause() {
    upload.pause();
    want(UploadState.PAUSED);
  }

  void resume() {
    upload.resume();
    want(UploadState.NOTIFIED);
  }

  void cancel() {
    upload.cancel();
    want(UploadState.CANCELLED);
  }

  void close() {
    upload.close(Duration.ZERO);
    want(UploadState.FAILED);
  }

  private void want(UploadState next) {
    boolean isFinal = wanted == UploadState.CANCELLED || wanted == UploadState.FAILED;
    if (!isFinal && !upload.completion().isDone()) {
      wanted = next;
    }
  }

  /** Checks what has come of it. */
  void verify() {
    // who is told in the middle of a stop has been told: there is no way back from that
    UploadState end = told ? UploadState.NOTIFIED : wanted;
    assertThat(upload.state()).isEqualTo(end);
    boolean ended = end != UploadState.PAUSED;
    assertThat(stored.ends).hasValue(ended ? 1 : 0);
    assertThat(upload.completion().isDone()).isEqualTo(ended);
    boolean kept = end == UploadState.PAUSED || end == UploadState.FAILED;
    assertThat(stored.journal.entries()).hasSize(kept ? 1 : 0);
    assertThat(listener.states()).last().isEqualTo(end);
    if (ended) {
      verifyEvents(end);
    }
  }

  private void verifyEvents(UploadState end) {
    String event =
        switch (end) {
          case NOTIFIED -> "completed";
          case CANCELLED -> "cancelled";
          default -> "failed";
        };
    try {
      listener.verify(event);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
