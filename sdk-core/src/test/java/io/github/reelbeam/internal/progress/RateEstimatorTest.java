package io.github.reelbeam.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.reelbeam.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateEstimatorTest {
  private static final long MIB = 1L << 20;

  private final VirtualTime time = new VirtualTime();
  private final RateEstimator rate = new RateEstimator();

  /** Sends at an even pace, in a slice every 50 ms. */
  private void send(long bytesPerSecond, Duration span) {
    for (long i = 0; i < span.toMillis() / 50; i++) {
      rate.add(bytesPerSecond / 20, time.getAsLong());
      time.advanceMillis(50);
    }
  }

  private long now() {
    return rate.bytesPerSecond(time.getAsLong());
  }

  @Test
  void isUnknownBeforeAnythingMoved() {
    assertThat(now()).isZero();
  }

  @Test
  void isUnknownFromTheFirstBytesAlone() {
    rate.add(MIB, time.getAsLong());
    assertThat(now()).isZero();
  }

  @Test
  void isKnownAfterAFifthOfASecond() {
    rate.add(MIB, time.getAsLong());
    time.advance(Duration.ofMillis(200).minusNanos(1));
    assertThat(now()).isZero();
    time.advance(Duration.ofNanos(1));
    assertThat(now()).isEqualTo(5 * MIB);
  }

  @Test
  void isRightSoonAfterTheStart() {
    send(10 * MIB, Duration.ofSeconds(1));
    assertThat(now()).isCloseTo(10 * MIB, within(3 * MIB));
  }

  @Test
  void staysAtAnEvenPace() {
    send(10 * MIB, Duration.ofMinutes(1));
    assertThat(now()).isCloseTo(10 * MIB, within(MIB / 2));
  }

  @Test
  void doesNotJumpWithOneSlice() {
    send(10 * MIB, Duration.ofSeconds(20));
    long before = now();
    rate.add(MIB, time.getAsLong());
    time.advanceMillis(50);
    assertThat(now()).isCloseTo(before, within(2 * MIB));
  }

  @Test
  void followsANetworkThatHasChanged() {
    send(10 * MIB, Duration.ofSeconds(20));
    send(MIB, Duration.ofSeconds(12));
    assertThat(now()).isCloseTo(MIB, within(MIB / 2));
  }

  @Test
  void isZeroOnceNothingHasMovedForAWhile() {
    send(10 * MIB, Duration.ofSeconds(5));
    // the last slice was 50 ms ago
    time.advanceMillis(2950);
    assertThat(now()).isPositive();
    time.advance(Duration.ofNanos(1));
    assertThat(now()).isZero();
  }

  @Test
  void slicesOfNothingMoveNothing() {
    send(10 * MIB, Duration.ofSeconds(5));
    time.advanceMillis(2000);
    rate.add(0, time.getAsLong());
    time.advanceMillis(2000);
    assertThat(now()).isZero();
  }

  @Test
  void fallsWhileNothingMoves() {
    send(10 * MIB, Duration.ofSeconds(5));
    time.advanceMillis(1450);
    assertThat(now()).isCloseTo(6 * MIB, within(MIB));
  }

  @Test
  void aPauseSaysNothingAboutTheNetwork() {
    send(10 * MIB, Duration.ofSeconds(5));
    rate.restart();
    time.advance(Duration.ofHours(1));
    send(MIB, Duration.ofSeconds(2));
    assertThat(now()).isCloseTo(MIB, within(MIB / 4));
  }

  @Test
  void lookingDuringAPauseChangesNothing() {
    send(10 * MIB, Duration.ofSeconds(5));
    rate.restart();
    time.advance(Duration.ofSeconds(1));
    assertThat(now()).isZero();
    rate.add(MIB, time.getAsLong());
    time.advanceMillis(200);
    assertThat(now()).isEqualTo(5 * MIB);
  }

  @Test
  void isNeverNegative() {
    rate.add(-MIB, time.getAsLong());
    time.advance(Duration.ofSeconds(1));
    assertThat(now()).isZero();
  }
}
