package io.github.reelbeam.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.VirtualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
  private static final long TOTAL = 1000;

  private final VirtualTime time = new VirtualTime();
  private final ProgressMeter meter = new ProgressMeter(TOTAL, time);

  private double fraction() {
    return meter.snapshot().fraction();
  }

  private void assertBytes(long committed, long inFlight) {
    UploadProgress now = meter.snapshot();
    assertThat(now.committedBytes()).isEqualTo(committed);
    assertThat(now.inFlightBytes()).isEqualTo(inFlight);
    assertThat(now.totalBytes()).isEqualTo(TOTAL);
  }

  @Test
  void beginsAtNothing() {
    assertBytes(0, 0);
    assertThat(fraction()).isZero();
  }

  @Test
  void nothingIsNoFractionOfNothing() {
    assertThat(new ProgressMeter(0, time).snapshot().fraction()).isZero();
  }

  @Test
  void aResumedRunBeginsWithWhatIsStored() {
    meter.begin(Map.of(1, 300L, 2, 100L));
    assertBytes(400, 0);
    assertThat(fraction()).isEqualTo(0.4);
  }

  @Test
  void sentBytesAreInFlightUntilTheirPartIsConfirmed() {
    meter.sent(1, 100);
    meter.sent(1, 50);
    meter.sent(2, 30);
    assertBytes(0, 180);
    meter.committed(1, 150);
    assertBytes(150, 30);
  }

  @Test
  void bytesOfADroppedPartAreNoLongerInFlight() {
    meter.sent(1, 100);
    meter.sent(2, 30);
    meter.dropped(1);
    assertBytes(0, 30);
  }

  @Test
  void droppingAPartThatWasNotSentChangesNothing() {
    meter.sent(1, 100);
    meter.dropped(2);
    meter.dropped(2);
    assertBytes(0, 100);
  }

  /** S3 had listed it, but not to whoever asked again while it was making the object. */
  @Test
  void aStoredPartThatBeginsAgainCountsOnce() {
    meter.begin(Map.of(1, 300L, 2, 100L));
    meter.dropped(1);
    meter.sent(1, 200);
    assertBytes(100, 200);
    meter.committed(1, 300);
    assertBytes(400, 0);
  }

  @Test
  void aPartThatIsConfirmedTwiceCountsOnce() {
    meter.committed(1, 300);
    meter.committed(1, 300);
    assertBytes(300, 0);
  }

  @Test
  void whatAnEarlierRunHadOnItsWayIsForgotten() {
    meter.sent(1, 100);
    meter.begin(Map.of());
    meter.dropped(1);
    assertBytes(0, 0);
  }

  @Test
  void whatOnlyAnEarlierRunHadStoredIsForgotten() {
    meter.committed(1, 100);
    meter.begin(Map.of(2, 50L));
    meter.dropped(1);
    assertBytes(50, 0);
  }

  @Test
  void theRateOfAnEarlierRunIsForgotten() {
    for (int i = 0; i < 40; i++) {
      meter.sent(1, 10);
      time.advanceMillis(100);
    }
    assertThat(meter.snapshot().bytesPerSecond()).isPositive();
    meter.begin(Map.of());
    assertThat(meter.snapshot().bytesPerSecond()).isZero();
  }

  @Test
  void theFractionDoesNotFallWithADroppedPart() {
    meter.sent(1, 500);
    assertThat(fraction()).isEqualTo(0.5);
    meter.dropped(1);
    assertThat(fraction()).isEqualTo(0.5);
    meter.sent(1, 400);
    assertThat(fraction()).isEqualTo(0.5);
    meter.sent(1, 200);
    assertThat(fraction()).isEqualTo(0.6);
  }

  @Test
  void theFractionDoesNotFallWithANewRun() {
    meter.sent(1, 500);
    assertThat(fraction()).isEqualTo(0.5);
    meter.begin(Map.of(1, 100L));
    assertThat(fraction()).isEqualTo(0.5);
    assertBytes(100, 0);
  }

  /** The SDK's own transfer manager shows 100 % long before the upload is done (its issue 3670). */
  @Test
  void theFractionIsNotWholeBeforeTheObjectIsConfirmed() {
    meter.sent(1, TOTAL);
    assertThat(fraction()).isEqualTo(0.999);
    meter.committed(1, TOTAL);
    assertThat(fraction()).isEqualTo(0.999);
    meter.confirmed();
    assertThat(fraction()).isEqualTo(1.0);
  }

  @Test
  void aConfirmedObjectIsWholeWhateverWasCounted() {
    meter.sent(1, 10);
    meter.confirmed();
    assertBytes(TOTAL, 0);
  }

  @Test
  void startingOverLeavesTheFractionWhereItIs() {
    meter.sent(1, 500);
    assertThat(fraction()).isEqualTo(0.5);
    meter.startOver();
    assertBytes(0, 0);
    assertThat(fraction()).isEqualTo(0.5);
    meter.sent(1, 700);
    assertThat(fraction()).isEqualTo(0.7);
  }

  @Test
  void anObjectThatIsNotThereAfterAllLeavesTheFractionWhereItIs() {
    meter.confirmed();
    meter.startOver();
    assertBytes(0, 0);
    assertThat(fraction()).isEqualTo(1.0);
  }

  @Test
  void neverFallsAndIsNeverWholeTooEarlyWhateverHappens() {
    Random random = new Random(11);
    double before = 0;
    for (int i = 0; i < 20_000; i++) {
      int part = random.nextInt(10);
      switch (random.nextInt(20)) {
        case 0 -> meter.committed(part, random.nextInt(100));
        case 1, 2 -> meter.dropped(part);
        case 3 -> meter.begin(Map.of(part, (long) random.nextInt(1000)));
        default -> meter.sent(part, random.nextInt(30));
      }
      time.advanceMillis(random.nextInt(300));
      double now = fraction();
      assertThat(now).isGreaterThanOrEqualTo(before).isLessThan(1.0);
      before = now;
    }
  }

  @Test
  void theRateAndTheTimeLeftComeFromWhatWasSent() {
    for (int i = 0; i < 40; i++) {
      meter.sent(1, 10);
      time.advanceMillis(100);
    }
    UploadProgress now = meter.snapshot();
    assertThat(now.bytesPerSecond()).isBetween(90L, 110L);
    assertThat(now.timeLeft().orElseThrow())
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(7));
  }
}
