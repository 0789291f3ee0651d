package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkEvidenceTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int MB = 1_000_000;

  private final LinkEvidence evidence = new LinkEvidence();

  private static Flight begun(long length, long at) {
    Flight flight = new Flight(length);
    flight.begin(at);
    return flight;
  }

  /** As many as the limit are in flight from the beginning. */
  private void begin(int limit) {
    evidence.restart(limit, 0);
    evidence.inFlight(limit, 0, 0, false);
  }

  private void answered(long length, long from, long to) {
    evidence.answered(begun(length, from), to);
  }

  @Test
  void knowsNothingAtFirst() {
    evidence.restart(2, 0);
    assertThat(evidence.suffices(false, SECOND)).isFalse();
    assertThat(evidence.level(SECOND).total()).isZero();
    assertThat(evidence.meanInFlight(SECOND)).isEqualTo(2);
  }

  @Test
  void aRequestThatIsDoneSaysWhatAConnectionCarries() {
    begin(2);
    answered(2 * MB, 0, 2 * SECOND);
    LinkLevel level = evidence.level(2 * SECOND);
    assertThat(level.limit()).isEqualTo(2);
    assertThat(level.perConnection()).isCloseTo(MB, within(1.0));
    assertThat(level.total()).isCloseTo(2.0 * MB, within(1.0));
    assertThat(level.nanos()).isEqualTo(2.0 * SECOND);
  }

  @Test
  void oneThatBeganBeforeItCountedSaysNothing() {
    evidence.restart(2, 0);
    evidence.inFlight(2, 0, 10 * SECOND, false);
    answered(2 * MB, 10 * SECOND - 50_000_001, 12 * SECOND);
    assertThat(evidence.level(12 * SECOND).perConnection()).isZero();
    answered(2 * MB, 10 * SECOND - 50_000_000, 12 * SECOND);
    assertThat(evidence.level(12 * SECOND).perConnection()).isPositive();
  }

  @Test
  void countsOnceAsManyAreInFlightAsMayBe() {
    evidence.restart(2, 0);
    evidence.inFlight(1, 0, 0, false);
    answered(MB, 0, SECOND);
    assertThat(evidence.level(SECOND).perConnection()).as("one is too few").isZero();
    evidence.inFlight(3, 0, SECOND, false);
    answered(MB, SECOND, 2 * SECOND);
    assertThat(evidence.level(SECOND).perConnection()).as("three are too many").isZero();
    evidence.inFlight(3, 0, 2 * SECOND, true);
    answered(MB, 2 * SECOND, 3 * SECOND);
    assertThat(evidence.level(3 * SECOND).perConnection()).isCloseTo(MB, within(1.0));
  }

  @Test
  void knowsHowManyWereInFlightOnTheAverage() {
    begin(4);
    evidence.inFlight(2, 0, SECOND, false);
    assertThat(evidence.meanInFlight(2 * SECOND)).isCloseTo(3, within(1e-6));
    assertThat(evidence.isBusy(2 * SECOND)).isTrue();
    assertThat(evidence.isBusy(10 * SECOND)).isFalse();
    evidence.inFlight(5, 0, 10 * SECOND, false);
    assertThat(evidence.isExact(20 * SECOND)).isTrue();
    assertThat(evidence.isExact(100 * SECOND)).isFalse();
    assertThat(evidence.last()).isEqualTo(100 * SECOND);
  }

  @Test
  void twoAnswersForEachConnectionAreMany() {
    begin(2);
    for (int i = 0; i < 3; i++) {
      answered(MB, 0, SECOND);
    }
    assertThat(evidence.hasManyAnswers()).isFalse();
    answered(MB, 0, SECOND);
    assertThat(evidence.hasManyAnswers()).isTrue();
    begin(2);
    assertThat(evidence.hasManyAnswers()).isFalse();
  }

  @ParameterizedTest(name = "{0} of {1} bytes in {2} ms each, of a limit of 4, held {3}: {4}")
  @CsvSource({
    // half of the connections, and a quarter of a second
    "1, 1000000, 1000, false, false",
    "2, 1000000,  500, false, true",
    "2, 1000000,  499, false, false",
    // all of them: the quick ones have been answered first, so wait for the others
    "4, 1000000, 1000, false, false",
    // thin: more than half, and a second
    "2,  250000, 2000, false, false",
    "3,  400000, 2000, false, true",
    "3,  200000, 1000, false, false",
    // where a limit is held there is no hurry
    "2, 1000000, 2999, true,  false",
    "2, 1000000, 3000, true,  true"
  })
  void saysWhenItIsEnough(int requests, long bytes, long millis, boolean holding, boolean enough) {
    begin(4);
    long end = TimeUnit.MILLISECONDS.toNanos(millis);
    for (int i = 0; i < requests; i++) {
      answered(bytes, 0, end);
    }
    assertThat(evidence.suffices(holding, end)).isEqualTo(enough);
  }

  @Test
  void allOfTheFirstAnswersAreEnoughAQuarterLaterThanTheyTook() {
    begin(2);
    answered(MB, 0, SECOND);
    answered(MB, 0, SECOND);
    assertThat(evidence.suffices(false, SECOND * 5 / 4)).isFalse();
    assertThat(evidence.suffices(false, SECOND * 5 / 4 + 1)).isTrue();
  }

  @Test
  void whatHasLeftOfARunningRequestIsCounted() {
    begin(2);
    Flight flight = begun(9L * MB, 0);
    evidence.drained(flight, new Flight.Drained(MB, SECOND, 2 * SECOND), 2 * SECOND);
    evidence.drained(flight, new Flight.Drained(3L * MB, 2 * SECOND, 3 * SECOND), 3 * SECOND);
    assertThat(evidence.level(3 * SECOND).perConnection()).isCloseTo(2.0 * MB, within(1.0));
  }

  @Test
  void theExactFigureReplacesTheEarlyOne() {
    begin(2);
    Flight flight = begun(9L * MB, 0);
    evidence.drained(flight, new Flight.Drained(MB, SECOND, 2 * SECOND), 2 * SECOND);
    evidence.answered(flight, 9 * SECOND);
    assertThat(evidence.level(9 * SECOND).nanos()).isEqualTo(9.0 * SECOND);
    assertThat(evidence.level(9 * SECOND).perConnection()).isCloseTo(MB, within(1.0));
  }

  @Test
  void aRequestThatFailedSaysNothing() {
    begin(2);
    Flight flight = begun(9L * MB, 0);
    evidence.drained(flight, new Flight.Drained(MB, SECOND, 2 * SECOND), 2 * SECOND);
    evidence.forget(flight);
    assertThat(evidence.level(2 * SECOND).nanos()).isZero();
    evidence.forget(flight);
    assertThat(evidence.level(2 * SECOND).nanos()).isZero();
  }

  @Test
  void aRequestInItsFirstHalfSecondIsMostlyRoundTrips() {
    begin(2);
    Flight flight = begun(9L * MB, SECOND);
    evidence.drained(
        flight, new Flight.Drained(MB, SECOND, SECOND * 3 / 2 - 1), SECOND * 3 / 2 - 1);
    assertThat(evidence.level(2 * SECOND).nanos()).isZero();
    evidence.drained(flight, new Flight.Drained(MB, SECOND, SECOND * 3 / 2), SECOND * 3 / 2);
    assertThat(evidence.level(2 * SECOND).nanos()).isPositive();
  }

  @Test
  void whatLeftBeforeTheLastChangeIsTakenOff() {
    // connections settle until 2 s
    evidence.restart(2, 0);
    evidence.inFlight(2, SECOND, SECOND, false);
    Flight flight = begun(9L * MB, 0);
    evidence.drained(flight, new Flight.Drained(MB, SECOND, 2 * SECOND), 2 * SECOND);
    assertThat(evidence.level(2 * SECOND).nanos()).as("all of it before").isZero();
    evidence.drained(flight, new Flight.Drained(2L * MB, SECOND, 3 * SECOND), 3 * SECOND);
    assertThat(evidence.level(3 * SECOND).perConnection()).as("half").isCloseTo(MB, within(1.0));
    assertThat(evidence.level(3 * SECOND).nanos()).isEqualTo((double) SECOND);
  }

  @Test
  void whatTheOldRateExplainsIsTakenOffIfItIsKnown() {
    evidence.restart(2, 500_000);
    evidence.inFlight(2, SECOND, SECOND, false);
    Flight flight = begun(9L * MB, 0);
    // a second at the old rate, then one of 1.5 MB
    evidence.drained(flight, new Flight.Drained(2L * MB, SECOND, 3 * SECOND), 3 * SECOND);
    assertThat(evidence.level(3 * SECOND).perConnection()).isCloseTo(1.5 * MB, within(1.0));
  }

  @Test
  void aShortRestOfALongSpanWouldBeGuesswork() {
    evidence.restart(2, 500_000);
    evidence.inFlight(2, 0, 10 * SECOND, false);
    Flight flight = begun(99L * MB, 0);
    evidence.drained(flight, new Flight.Drained(8L * MB, 0, 14 * SECOND), 14 * SECOND);
    assertThat(evidence.level(14 * SECOND).nanos()).isZero();
    evidence.drained(flight, new Flight.Drained(8L * MB, 5 * SECOND, 14 * SECOND), 14 * SECOND);
    assertThat(evidence.level(14 * SECOND).nanos()).isEqualTo(4.0 * SECOND);
  }
}
