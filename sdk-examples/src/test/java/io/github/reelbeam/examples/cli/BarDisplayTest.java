package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.TransferException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadListener.PartCompleted;
import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BarDisplayTest {
  private static final int COLUMNS = 80;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final BarDisplay display =
      new BarDisplay(
          new PrintWriter(out), new PrintWriter(err), "holiday.mp4", COLUMNS, /* unicode= */ false);

  @BeforeEach
  void start() {
    display.onStarted(FakeUpload.of(64 << 20));
  }

  @AfterEach
  void end() {
    display.onCompleted(FakeUpload.ASSET);
  }

  @Test
  void showsMebibytesRateAndTimeLeft() {
    display.onProgress(new UploadProgress(16 << 20, 0, 64 << 20, 4 << 20, 0.25));

    awaitBar("25%", "16/64 MiB", "4.0 MiB/s", "/ 0:00:12)");
  }

  @Test
  void showsARetryInPlaceOfTheRateUntilAPartIsStored() {
    display.onPartRetry(
        new PartRetry(7, 1, Duration.ofSeconds(2), RetryCause.CONNECTION, "connection reset"));
    awaitBar("retry part 7");

    display.onPartCompleted(new PartCompleted(6, 8 << 20, 1, 8));
    awaitBar("0.0 MiB/s");
  }

  @Test
  void showsThatItWaits() {
    display.onStateChanged(
        new StateChange(UploadState.TRANSFERRING, UploadState.WAITING, WaitReason.OFFLINE));

    awaitBar("offline");
  }

  @Test
  void staysOnOneLineThatIsNeverFull() {
    display.onPartRetry(
        new PartRetry(7, 1, Duration.ofSeconds(2), RetryCause.CONNECTION, "x".repeat(200)));
    awaitBar("retry part 7");

    assertThat(out.toString()).doesNotContain("\n");
    assertThat(frames()).allMatch(frame -> frame.length() < COLUMNS);
  }

  @Test
  void isFullOnlyAtTheEnd() {
    display.onProgress(new UploadProgress(0, 64 << 20, 64 << 20, 1, 0.999));
    awaitBar("99%");
    display.onCompleted(FakeUpload.ASSET);

    assertThat(out.toString())
        .contains("100%")
        .endsWith("\nholiday.mp4: stored as incoming/1.mp4 (64.0 MiB), backend notified\n");
  }

  @Test
  void leavesTheLineBeforeAnError() {
    display.onFailed(
        new TransferException(
            "the store refused", new Details(FakeUpload.ID, Stage.TRANSFER, false, null), null));

    assertThat(out.toString()).endsWith("\n");
    assertThat(err.toString()).isEqualTo("reelbeam: the store refused\n");
  }

  private void awaitBar(String... texts) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(last(frames())).contains(texts));
  }

  private static String last(List<String> frames) {
    return frames.get(frames.size() - 1);
  }

  private List<String> frames() {
    return List.of(out.toString().split("\r"));
  }
}
