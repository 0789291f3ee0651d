package io.github.reelbeam.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.BatchProgress;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.internal.progress.BatchMeter.Reading;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchMeterTest {
  private long now;
  private final BatchMeter meter = new BatchMeter(() -> now);

  private static Reading reading(
      UploadState state, long committed, long inFlight, double fraction, long sent) {
    return new Reading(state, new UploadProgress(committed, inFlight, 100, 0, fraction), sent);
  }

  @Test
  void addsUpFilesAndBytes() {
    BatchProgress all =
        meter.add(
            List.of(
                reading(UploadState.NOTIFIED, 100, 0, 1.0, 100),
                reading(UploadState.TRANSFERRING, 30, 20, 0.5, 50),
                reading(UploadState.WAITING, 0, 0, 0, 0),
                reading(UploadState.FAILED, 10, 0, 0.1, 10),
                reading(UploadState.CANCELLED, 0, 0, 0.3, 30)));
    assertThat(all).isEqualTo(new BatchProgress(1, 1, 1, 5, 140, 20, 150, 500, 0, 160 / 500.0));
  }

  @Test
  void isWholeOnlyOnceEveryObjectIsConfirmedAndNeverFalls() {
    Reading stored = reading(UploadState.STORED, 100, 0, 1.0, 100);
    assertThat(meter.add(List.of(stored, reading(UploadState.TRANSFERRING, 0, 100, 0.999, 100))))
        .extracting(BatchProgress::fraction)
        .isEqualTo(0.999);
    assertThat(meter.add(List.of(stored, reading(UploadState.TRANSFERRING, 0, 0, 0.999, 100))))
        .extracting(BatchProgress::fraction)
        .isEqualTo(0.999);
    assertThat(meter.add(List.of(stored, reading(UploadState.FAILED, 0, 0, 0.999, 100))))
        .extracting(BatchProgress::fraction)
        .isEqualTo(0.999);
    assertThat(meter.add(List.of(stored, stored)))
        .extracting(BatchProgress::fraction)
        .isEqualTo(1.0);
  }

  /** Files too small for a rate of their own have one together; what was stored before has none. */
  @Test
  void theRateIsThatOfTheBytesSentByAll() {
    long sent = 0;
    BatchProgress last = meter.add(List.of(reading(UploadState.REQUESTED, 0, 0, 0, 0)));
    for (int i = 0; i < 100; i++) {
      now += 100_000_000;
      sent += 10;
      last =
          meter.add(
              List.of(
                  reading(UploadState.NOTIFIED, 100, 0, 1.0, 0),
                  reading(UploadState.TRANSFERRING, 0, 50, 0.5, sent)));
    }
    assertThat(last.bytesPerSecond()).isBetween(95L, 105L);
    assertThat(last.timeLeft().orElseThrow())
        .isBetween(Duration.ofMillis(450), Duration.ofMillis(550));
    now += 10_000_000_000L;
    assertThat(meter.add(List.of(reading(UploadState.WAITING, 0, 50, 0.5, sent))).timeLeft())
        .isEmpty();
  }
}
