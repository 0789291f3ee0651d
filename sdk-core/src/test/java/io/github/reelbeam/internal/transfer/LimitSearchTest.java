package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.internal.transfer.LimitSearch.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decisions by themselves, on measurements that are as plain as can be. */
class LimitSearchTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double MB = 1e6;

  /** Of twenty connections that carry 625 KB/s each. */
  private static final double SHAPED = 12.5 * MB;

  private final LimitSearch search = new LimitSearch(64);
  private long now;

  /**
   * A link that carries so much at most, and so much in each connection, is measured and judged.
   */
  private Next measure(double total, double each) {
    return measure(total, each, search.limit());
  }

  private Next measure(double total, double each, int inFlight) {
    int limit = search.limit();
    double rate = Math.min(each, total / limit);
    LinkEvidence seen = new LinkEvidence();
    seen.restart(limit, 0);
    seen.inFlight(inFlight, 0, now, true);
    now += SECOND;
    return search.judge(new LinkLevel(limit, rate * limit, rate, 5e9 * limit), seen, now);
  }

  /** The limits one after another, until it holds one. */
  private List<Integer> climb(double total, double each) {
    List<Integer> limits = new ArrayList<>(List.of(search.limit()));
    while (!search.isHolding()) {
      measure(total, each);
      limits.add(search.limit());
    }
    return limits;
  }

  private void holdTwentyFive() {
    climb(SHAPED, 625_000);
    assertThat(search.limit()).isEqualTo(25);
    // it does what was expected of it
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.MEASURE_AGAIN);
    assertThat(search.limit()).isEqualTo(25);
  }

  @Test
  void beginsWithTwoOrWithAsManyAsMayBe() {
    assertThat(search.limit()).isEqualTo(2);
    assertThat(new LimitSearch(1).limit()).isEqualTo(1);
    assertThat(search.isHolding()).isFalse();
    assertThat(search.comesFromMore()).isFalse();
  }

  @Test
  void growsUntilMoreOnlyShareAndGoesBackToWhatFillsTheLink() {
    assertThat(climb(SHAPED, 625_000)).containsExactly(2, 4, 8, 16, 32, 25);
    assertThat(search.comesFromMore()).isTrue();
  }

  @Test
  void staysWhereAThinLinkIsFull() {
    assertThat(climb(250_000, 1e9)).containsExactly(2, 3, 2);
  }

  @Test
  void endsAtTheMaximum() {
    LimitSearch bounded = new LimitSearch(6);
    LinkEvidence seen = new LinkEvidence();
    for (int i = 0; i < 3; i++) {
      int limit = bounded.limit();
      bounded.judge(new LinkLevel(limit, limit * 625_000.0, 625_000, 5e9 * limit), seen, 0);
    }
    assertThat(bounded.limit()).isEqualTo(6);
    assertThat(bounded.isHolding()).isTrue();
  }

  @Test
  void seesMoreOfWhatIsDoubtful() {
    measure(SHAPED, 625_000);
    LinkLevel doubtful = new LinkLevel(4, 1.5 * MB, 375_000, 1e9);
    LinkEvidence seen = new LinkEvidence();
    seen.restart(4, 0);
    assertThat(search.judge(doubtful, seen, now)).isEqualTo(Next.SEE_MORE);
    assertThat(search.limit()).isEqualTo(4);
  }

  @Test
  void addsOneAtATimeWhereEachIsVeryFast() {
    for (int limit = 3; limit <= 8; limit++) {
      assertThat(search.addsToFatOnes(0)).isTrue();
      assertThat(search.limit()).isEqualTo(limit);
    }
    assertThat(search.addsToFatOnes(0)).as("eight are enough to be measured").isFalse();
    assertThat(new LimitSearch(2).addsToFatOnes(0)).as("beyond the maximum").isFalse();
    holdTwentyFive();
    assertThat(search.addsToFatOnes(0)).as("it does not grow").isFalse();
  }

  @Test
  void goesUpHalfWayIfFewerDoNotDoAsWell() {
    climb(SHAPED, 625_000);
    assertThat(measure(SHAPED, 400_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(29);
    assertThat(measure(SHAPED, 400_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(31);
  }

  @Test
  void goesBackIfTheMeasureWasTooHigh() {
    climb(SHAPED, 625_000);
    measure(10 * MB, 625_000);
    assertThat(search.limit()).isEqualTo(29);
    assertThat(measure(10 * MB, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(25);
    assertThat(search.isHolding()).isTrue();
  }

  @Test
  void triesAFewMoreWhenItIsTimeAndGoesBackIfThatIsNoUse() {
    holdTwentyFive();
    now += 5 * SECOND;
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(31);
    assertThat(search.isHolding()).isFalse();
    assertThat(search.comesFromMore()).isFalse();
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(25);
    assertThat(search.isHolding()).isTrue();
    assertThat(measure(SHAPED, 625_000)).as("not at once again").isEqualTo(Next.MEASURE_AGAIN);
    now += 20 * SECOND;
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.LIMIT_SET);
  }

  @Test
  void growsOnIfATryPays() {
    holdTwentyFive();
    now += 5 * SECOND;
    measure(SHAPED, 625_000);
    // the link has become twice as wide meanwhile
    assertThat(measure(2 * SHAPED, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(62);
  }

  @Test
  void triesNoneWhileConnectionsOfAHigherLimitHaveYetToEnd() {
    holdTwentyFive();
    now += 60 * SECOND;
    assertThat(measure(SHAPED, 625_000, 30)).isEqualTo(Next.MEASURE_AGAIN);
    assertThat(measure(SHAPED, 625_000, 25)).isEqualTo(Next.LIMIT_SET);
  }

  @Test
  void growsAnewWhenTheLinkHasBecomeMuchBetter() {
    holdTwentyFive();
    assertThat(measure(1e9, 2.5 * 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isGreaterThanOrEqualTo(50);
    assertThat(search.isHolding()).isFalse();
  }

  /** Twelve of what were twenty: half as many do as well. */
  @Test
  void triesFewerWhenTheLinkHasBecomeWorse() {
    holdTwentyFive();
    assertThat(measure(7 * MB, 625_000)).as("may be a moment").isEqualTo(Next.MEASURE_AGAIN);
    assertThat(measure(7 * MB, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(12);
    assertThat(search.comesFromMore()).isTrue();
    assertThat(search.isHolding()).isFalse();
    assertThat(measure(7 * MB, 625_000, 24)).as("too many still").isEqualTo(Next.MEASURE_AGAIN);
    assertThat(measure(7 * MB, 625_000, 14)).as("too many still").isEqualTo(Next.MEASURE_AGAIN);
    assertThat(measure(7 * MB, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).as("as well with twelve, so with six?").isEqualTo(6);
    assertThat(measure(7 * MB, 625_000)).as("worse with six").isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(12);
    assertThat(search.isHolding()).isTrue();
  }

  @Test
  void goesDownAsFarAsAThinLinkAsksFor() {
    holdTwentyFive();
    measure(MB, 1e9);
    measure(MB, 1e9);
    assertThat(search.limit()).as("a megabyte in shares that are not thin").isEqualTo(3);
    measure(MB, 1e9);
    assertThat(search.limit()).isEqualTo(2);
    assertThat(measure(MB, 1e9)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(2);
    assertThat(search.isHolding()).isTrue();
    assertThat(measure(MB, 1e9)).isEqualTo(Next.MEASURE_AGAIN);
    now += 8 * SECOND;
    assertThat(measure(MB, 1e9)).as("ten seconds later").isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(3);
  }

  @Test
  void comesBackAfterAStandstill() {
    holdTwentyFive();
    measure(4 * MB, 625_000);
    measure(4 * MB, 625_000);
    assertThat(search.limit()).isEqualTo(12);
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(25);
    assertThat(search.isHolding()).isTrue();
  }

  @Test
  void atTheLeastItTakesTheLinkAsItIs() {
    climb(250_000, 1e9);
    measure(250_000, 1e9);
    measure(100_000, 1e9);
    assertThat(measure(100_000, 1e9)).isEqualTo(Next.MEASURE_AGAIN);
    assertThat(search.limit()).isEqualTo(2);
    assertThat(search.isHolding()).isTrue();
    assertThat(measure(100_000, 1e9)).as("that is usual now").isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(3);
  }

  @ParameterizedTest(name = "{0} failing: {1}")
  @CsvSource({"16, 8", "3, 1", "2, 1"})
  void halvesWhatWasTooMany(int failing, int next) {
    search.tooMany(failing, 0);
    assertThat(search.limit()).isEqualTo(next);
    assertThat(search.isHolding()).isTrue();
  }

  @Test
  void aBrokenConnectionTakesAwayAQuarter() {
    holdTwentyFive();
    search.fewer(now);
    assertThat(search.limit()).isEqualTo(18);
    assertThat(search.isHolding()).isTrue();
    LimitSearch single = new LimitSearch(1);
    single.fewer(0);
    assertThat(single.limit()).isEqualTo(1);
  }

  @Test
  void restsForFiveSecondsAfterACut() {
    LimitSearch other = new LimitSearch(64);
    other.fewer(SECOND);
    LinkEvidence seen = new LinkEvidence();
    seen.restart(1, 0);
    LinkLevel level = new LinkLevel(1, 625_000, 625_000, 5e9);
    assertThat(other.judge(level, seen, 6 * SECOND - 1)).isEqualTo(Next.MEASURE_AGAIN);
    assertThat(other.judge(level, seen, 6 * SECOND)).isEqualTo(Next.LIMIT_SET);
  }

  @ParameterizedTest(name = "{0} of it: {1}")
  @CsvSource({"1, 25", "0.5, 13", "0, 2"})
  void trustsAShareOfWhatItKnew(double share, int limit) {
    holdTwentyFive();
    search.fade(share);
    assertThat(search.limit()).isEqualTo(limit);
    assertThat(search.isHolding()).isFalse();
    measure(SHAPED, 625_000);
    assertThat(search.limit()).as("it grows from there").isGreaterThan(limit);
  }

  @Test
  void aLowerMaximumHoldsAtOnce() {
    holdTwentyFive();
    assertThat(search.maximum(30)).isFalse();
    assertThat(search.limit()).isEqualTo(25);
    assertThat(search.maximum(25)).isFalse();
    assertThat(search.maximum(10)).isTrue();
    assertThat(search.limit()).isEqualTo(10);
  }

  @Test
  void aHigherMaximumIsTriedAtOnceByWhoeverWasAtTheOldOne() {
    holdTwentyFive();
    search.maximum(10);
    measure(SHAPED, 625_000);
    assertThat(search.maximum(64)).isFalse();
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(12);
  }

  /** The next try is due in twenty seconds, of which some have passed. */
  private void tryInVain() {
    holdTwentyFive();
    now += 5 * SECOND;
    measure(SHAPED, 625_000);
    measure(SHAPED, 625_000);
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.MEASURE_AGAIN);
    assertThat(search.limit()).isEqualTo(25);
  }

  @Test
  void aHigherMaximumIsNoReasonToTryMoreForWhoeverWasNotAtTheOldOne() {
    tryInVain();
    search.maximum(30);
    search.maximum(64);
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.MEASURE_AGAIN);
    search.maximum(25);
    assertThat(measure(SHAPED, 625_000)).as("nor is the same").isEqualTo(Next.MEASURE_AGAIN);
    search.maximum(25);
    assertThat(measure(SHAPED, 625_000)).as("again").isEqualTo(Next.MEASURE_AGAIN);
    search.maximum(64);
    assertThat(measure(SHAPED, 625_000)).as("but this is").isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isEqualTo(31);
  }

  @Test
  void tooManyAreFollowedByFiveSecondsOfRest() {
    search.tooMany(16, now);
    assertThat(search.limit()).isEqualTo(8);
    for (int second = 1; second < 5; second++) {
      assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.MEASURE_AGAIN);
    }
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).as("half of the way to sixteen").isEqualTo(12);
  }

  @Test
  void whatFailsInATryGoesBackToWhatWasHeld() {
    holdTwentyFive();
    now += 5 * SECOND;
    measure(SHAPED, 625_000);
    assertThat(search.limit()).isEqualTo(31);
    search.tooMany(31, now);
    assertThat(search.limit()).isEqualTo(25);
  }

  @Test
  void whatFailsWhileItIsHeldIsHalved() {
    holdTwentyFive();
    search.tooMany(26, now);
    assertThat(search.limit()).isEqualTo(13);
  }

  @Test
  void atTheMaximumItHoldsWhatItHasMeasured() {
    search.maximum(4);
    measure(SHAPED, 625_000);
    assertThat(measure(SHAPED, 625_000)).isEqualTo(Next.MEASURE_AGAIN);
    assertThat(search.isHolding()).isTrue();
    search.maximum(64);
    for (int i = 0; i < 2; i++) {
      // half of what it held, which it notices at the second time
      measure(MB, 625_000);
    }
    assertThat(search.limit()).isLessThan(4);
  }

  @Test
  void whatItForgetsItTriesAsOftenAsInTheBeginning() {
    tryInVain();
    search.fade(0.5);
    climb(10 * MB, 625_000);
    int limit = search.limit();
    measure(10 * MB, 625_000);
    now += 10 * SECOND;
    assertThat(measure(10 * MB, 625_000)).isEqualTo(Next.LIMIT_SET);
    assertThat(search.limit()).isNotEqualTo(limit);
  }
}
