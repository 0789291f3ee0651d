package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LineDisplayTest {
  private final StringWriter out = new StringWriter();
  private Instant now = Instant.EPOCH;
  private final LineDisplay display =
      new LineDisplay(
          new PrintWriter(out), new PrintWriter(new StringWriter()), "holiday.mp4", () -> now);

  @Test
  void progressIsALineEveryFiveSecondsAtMost() {
    display.onStarted(FakeUpload.of(64 << 20));
    for (int tenth = 0; tenth < 120; tenth++) {
      now = now.plusMillis(100);
      display.onProgress(new UploadProgress(32 << 20, 0, 64 << 20, 0, 0.5));
    }

    assertThat(out.toString().lines())
        .containsExactly(
            "holiday.mp4: 64.0 MiB, upload upload-1",
            "holiday.mp4: 50%  32.0 MiB of 64.0 MiB",
            "holiday.mp4: 50%  32.0 MiB of 64.0 MiB");
  }

  @Test
  void retriesAreCountedInTheNextLine() {
    display.onPartRetry(new PartRetry(1, 1, Duration.ofSeconds(1), RetryCause.CONNECTION, "reset"));
    display.onPartRetry(new PartRetry(2, 1, Duration.ofSeconds(1), RetryCause.CONNECTION, "reset"));
    now = now.plusSeconds(5);
    display.onProgress(new UploadProgress(32 << 20, 0, 64 << 20, 0, 0.5));

    assertThat(out.toString()).endsWith("(2 retries)\n");
  }

  @Test
  void waitingIsToldAtOnce() {
    display.onStateChanged(
        new StateChange(UploadState.TRANSFERRING, UploadState.WAITING, WaitReason.OFFLINE));
    display.onStateChanged(new StateChange(UploadState.WAITING, UploadState.TRANSFERRING, null));

    assertThat(out.toString().lines())
        .containsExactly("holiday.mp4: waiting for the network", "holiday.mp4: going on");
  }

  @Test
  void waitingInLineIsNotTakenForWaitingForTheNetwork() {
    display.onStateChanged(
        new StateChange(UploadState.REQUESTED, UploadState.WAITING, WaitReason.QUEUED));

    assertThat(out.toString()).isEqualTo("holiday.mp4: waiting for other uploads\n");
  }

  @Test
  void theEndNamesTheKey() {
    display.onCompleted(FakeUpload.ASSET);

    assertThat(out.toString())
        .isEqualTo("holiday.mp4: stored as incoming/1.mp4 (64.0 MiB), backend notified\n");
  }
}
