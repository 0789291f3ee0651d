package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.RecordingListener;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.notify.AssetNotifier;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveUploadTest {
  private final HandDrivenScheduler scheduler = HandDrivenScheduler.immediate();

  @AfterEach
  void endThreads() {
    scheduler.shutdownNow();
  }

  /** Kotlin lets checked exceptions out, of a source or a journal of the app's for instance. */
  @Test
  void whateverIsThrownEndsTheUpload() throws Exception {
    Exception surprise = new Exception("on purpose");
    Executor throwing = task -> LiveUploadTest.<RuntimeException>doThrow(surprise);
    StoredUpload stored =
        new StoredUpload(AssetNotifier.none(), throwing, Runnable::run, Runnable::run, scheduler);
    RecordingListener listener = new RecordingListener();
    stored.upload.addListener(listener);
    stored.upload.start();
    listener.verify("failed");
    UploadException failure = catchThrowableOfType(UploadException.class, stored.upload::await);
    assertThat(failure).hasCause(surprise);
    assertThat(failure.isResumable()).isTrue();
    assertThat(scheduler.running()).as("ticks that go on").isZero();
  }

  /** Without a thread to work on it: the turn goes on to the next. */
  @Test
  void anUploadThatGetsNoThreadFailsAndKeepsNoTurn() throws Exception {
    Turns turns = new Turns(1);
    Turns.Place before = turns.arrive(UploadPriority.NORMAL, () -> {});
    assertThat(turns.ask(before)).isTrue();
    Executor none =
        task -> {
          throw new OutOfMemoryError("unable to create native thread, on purpose");
        };
    StoredUpload refused =
        new StoredUpload(
            AssetNotifier.none(), Runnable::run, none, Runnable::run, scheduler, turns);
    StoredUpload next =
        new StoredUpload(
            AssetNotifier.none(), Runnable::run, Runnable::run, Runnable::run, scheduler, turns);
    refused.upload.start();
    next.upload.start();
    assertThat(next.upload.state()).isEqualTo(UploadState.WAITING);
    turns.giveBack(before).run();
    assertThat(catchThrowableOfType(UploadException.class, refused.upload::await))
        .hasCauseInstanceOf(OutOfMemoryError.class)
        .matches(UploadException::isResumable);
    assertThat(next.upload.await().eTag()).isEqualTo("etag");
    assertThat(turns.ask(before)).isTrue();
  }

  @Test
  void anUploadInLineSaysSoAlsoToThoseWhoComeLater() throws Exception {
    Turns turns = new Turns(1);
    Turns.Place before = turns.arrive(UploadPriority.NORMAL, () -> {});
    assertThat(turns.ask(before)).isTrue();
    StoredUpload stored =
        new StoredUpload(
            AssetNotifier.none(), Runnable::run, Runnable::run, Runnable::run, scheduler, turns);
    stored.upload.start();
    RecordingListener late = new RecordingListener();
    stored.upload.addListener(late);
    turns.giveBack(before).run();
    late.verify("completed");
    assertThat(late.changes())
        .startsWith(
            new StateChange(UploadState.WAITING, UploadState.WAITING, WaitReason.QUEUED),
            new StateChange(UploadState.WAITING, UploadState.STORED, null));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void doThrow(Throwable problem) throws T {
    throw (T) problem;
  }
}
