package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CeilingTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Ceiling ceiling = new Ceiling();

  @Test
  void whereThereIsNoneEverythingMayBeTried() {
    assertThat(ceiling.growth(64, 16, 0)).isEqualTo(64);
    assertThat(ceiling.probe(20, 16, 0)).isEqualTo(20);
    assertThat(ceiling.cap(16, 0)).isGreaterThan(1_000_000);
  }

  @ParameterizedTest(name = "{0} stood, {1} failed, growing {2}: {3}")
  @CsvSource({
    // nothing is known but that it failed
    "0,  16, true,  8",
    "0,   2, true,  1",
    "0,   1, true,  1",
    // half, or what stood before
    "12, 16, true, 12",
    "4,  16, true,  8",
    // what stood has failed itself, or had nothing to do with it
    "16, 16, true,  8",
    "12, 16, false, 8",
  })
  void goesBackToWhatStood(int stood, int failing, boolean growing, int next) {
    ceiling.stood(stood);
    assertThat(ceiling.hit(failing, growing, 0)).isEqualTo(next);
  }

  @Test
  void isApproachedByHalfOfTheWay() {
    ceiling.hit(16, false, 0);
    assertThat(ceiling.growth(32, 8, SECOND)).isEqualTo(12);
    assertThat(ceiling.growth(9, 8, SECOND)).isEqualTo(9);
    assertThat(ceiling.probe(9, 8, SECOND)).isEqualTo(12);
    assertThat(ceiling.probe(16, 14, SECOND)).isEqualTo(15);
  }

  @Test
  void isTouchedFromJustBelowOnceItHasStoodForAMinute() {
    ceiling.hit(16, false, SECOND);
    assertThat(ceiling.cap(15, 60 * SECOND)).isEqualTo(15);
    assertThat(ceiling.cap(15, 61 * SECOND)).isEqualTo(16);
    assertThat(ceiling.cap(14, 61 * SECOND)).isEqualTo(15);
    assertThat(ceiling.growth(32, 15, 60 * SECOND)).isEqualTo(15);
    assertThat(ceiling.probe(20, 15, 60 * SECOND)).isEqualTo(15);
    assertThat(ceiling.probe(20, 15, 61 * SECOND)).isEqualTo(16);
  }

  @Test
  void thatItIsTheSameAgainMakesItLastLonger() {
    long now = 0;
    for (long minutes : new long[] {1, 2, 4, 8, 10, 10}) {
      ceiling.stood(9);
      // the first time it is new
      boolean again = now > 0;
      assertThat(ceiling.hit(10, again, now)).isEqualTo(again ? 9 : 5);
      long end = now + minutes * 60 * SECOND;
      assertThat(ceiling.cap(9, end - 1)).as("before %d minutes", minutes).isEqualTo(9);
      assertThat(ceiling.cap(9, end)).as("after %d minutes", minutes).isEqualTo(10);
      now = end;
    }
  }

  @Test
  void anotherOneLastsNoLonger() {
    ceiling.stood(8);
    ceiling.hit(10, true, 0);
    assertThat(ceiling.cap(9, 60 * SECOND)).isEqualTo(10);
  }

  @Test
  void whatStoodBeforeAFailureIsNotTrustedAfterIt() {
    ceiling.stood(12);
    ceiling.hit(16, true, 0);
    assertThat(ceiling.hit(14, true, SECOND)).isEqualTo(7);
  }

  @Test
  void isGoneOnceAsManyHaveCarriedMore() {
    ceiling.hit(16, false, 0);
    ceiling.passed(15);
    assertThat(ceiling.cap(15, SECOND)).isEqualTo(15);
    ceiling.passed(16);
    assertThat(ceiling.growth(64, 16, SECOND)).isEqualTo(64);
    assertThat(ceiling.hit(17, true, SECOND)).as("16 stood").isEqualTo(16);
  }
}
