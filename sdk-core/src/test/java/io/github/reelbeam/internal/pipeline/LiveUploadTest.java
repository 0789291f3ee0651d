package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.RecordingListener;
import io.github.reelbeam.UploadException;
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

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void doThrow(Throwable problem) throws T {
    throw (T) problem;
  }
}
