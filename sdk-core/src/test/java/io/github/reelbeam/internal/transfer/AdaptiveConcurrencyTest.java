package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.internal.transfer.ConcurrencyLimit.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveConcurrencyTest {
  private static final long MIB = 1 << 20;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int MANY = 64;

  /**
   * What is expected of a link.
   *
   * @param least the limit it settles at, at least
   * @param most the limit it settles at, at most
   * @param atMost never more in flight than that
   * @param reaches the limit that counts as having got there
   * @param within seconds until then
   * @param seconds how long to watch; the second half counts as settled
   * @param best the fixed number that does best there
   */
  record Row(
      SimulatedLink link,
      int megabytes,
      int least,
      int most,
      int atMost,
      int reaches,
      double within,
      double seconds,
      int best) {
    @Override
    public String toString() {
      return link + ", parts of " + megabytes + " MiB";
    }
  }

  static List<Row> links() {
    return List.of(
        // thin: two or three share it, whatever the buffers pretend
        new Row(thin("2 Mbit/s"), 8, 2, 3, 3, 2, 0, 600, 2),
        new Row(thin("2 Mbit/s, 2.6 MB taken at once").buffers(2.6, 0), 8, 2, 3, 3, 2, 0, 900, 2),
        new Row(thin("2 Mbit/s, 10 MB taken at once").buffers(4, 6), 8, 2, 3, 3, 2, 0, 900, 2),
        new Row(thin("2 Mbit/s, 10 MB taken at once").buffers(4, 6), 5, 2, 3, 3, 2, 0, 900, 2),
        new Row(SimulatedLink.of("10 Mbit/s", 10, 40), 8, 2, 6, 6, 2, 0, 200, 2),
        new Row(SimulatedLink.of("50 Mbit/s", 50, 30), 8, 3, 8, 10, 3, 2, 60, 4),
        // limited per connection: many fill it
        new Row(shaped("20 of 5 Mbit/s"), 8, 20, 32, 40, 20, 4, 90, 20),
        new Row(shaped("20 of 5 Mbit/s, 2.6 MB").buffers(2.6, 0), 8, 20, 32, 40, 20, 10, 90, 20),
        new Row(shaped("20 of 5 Mbit/s, 10 MB").buffers(4, 6), 8, 20, 32, 40, 20, 60, 240, 20),
        new Row(shaped("20 of 5 Mbit/s"), 1, 20, 36, 48, 20, 4, 40, 20),
        new Row(shaped("20 of 5 Mbit/s, lossy").spread(0.4), 8, 20, 48, 64, 20, 12, 150, 32),
        new Row(
            SimulatedLink.of("100 of 1 Mbit/s", 100, 200).perConnection(1),
            8,
            64,
            64,
            64,
            64,
            15,
            200,
            64),
        // long
        new Row(SimulatedLink.of("200 Mbit/s 80 ms", 200, 80), 8, 4, 26, 32, 4, 2, 60, 16),
        new Row(SimulatedLink.of("200 Mbit/s 80 ms", 200, 80), 1, 12, 48, 64, 8, 3, 40, 48),
        new Row(SimulatedLink.of("1 Gbit/s 100 ms", 1000, 100), 8, 12, 64, 64, 16, 3, 20, 48),
        // as fast as the processor
        new Row(loopback("loopback"), 8, 4, 20, 32, 8, 0.2, 5, 8),
        new Row(loopback("loopback"), 1, 4, 40, 48, 8, 0.1, 2, 16),
        // a store that refuses
        new Row(refusing("503 above 10", 5, 10), 8, 8, 10, 20, 8, 2, 200, 10),
        new Row(refusing("503 above 5", 20, 5), 5, 4, 6, 16, 4, 2, 100, 5));
  }

  private static SimulatedLink thin(String name) {
    return SimulatedLink.of(name, 2, 40);
  }

  private static SimulatedLink shaped(String name) {
    return SimulatedLink.of(name, 100, 20).perConnection(5);
  }

  private static SimulatedLink loopback(String name) {
    return SimulatedLink.of(name, 8000, 0.2).perConnection(3000).buffers(2.6, 0).spread(0.3);
  }

  private static SimulatedLink refusing(String name, double megabits, int requests) {
    return SimulatedLink.of(name, 1000, 40).perConnection(megabits).storeLimit(requests);
  }

  private static LinkRecord run(SimulatedLink link, int megabytes, double seconds) {
    return new LinkSimulation(link, new AdaptiveConcurrency(MANY))
        .run(Integer.MAX_VALUE, megabytes * MIB, seconds)
        .seen();
  }

  @ParameterizedTest
  @MethodSource("links")
  void findsTheNumberThatFillsTheLink(Row row) {
    LinkRecord run = run(row.link, row.megabytes, row.seconds);
    assertThat(run.settled(row.seconds / 2, row.seconds)).isBetween(row.least, row.most);
    assertThat(run.mostInFlight()).isLessThanOrEqualTo(row.atMost);
    assertThat(run.reached(row.reaches)).isLessThanOrEqualTo(row.within);
    double settled = run.rate(row.seconds / 2, row.seconds);
    LinkRecord fixed =
        new LinkSimulation(row.link, row.best)
            .run(Integer.MAX_VALUE, row.megabytes * MIB, row.seconds)
            .seen();
    assertThat(settled / fixed.rate(row.seconds / 2, row.seconds)).isGreaterThan(0.95);
    assertThat(run.timeouts()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void lossesDoNotDeceiveIt(long seed) {
    SimulatedLink link =
        SimulatedLink.of("lossy", 100, 100).perConnection(5).spread(0.4).seed(seed);
    LinkRecord run = run(link, 8, 90);
    assertThat(run.rate(50, 90)).isGreaterThan(0.95 * 12.5e6);
  }

  @Test
  void triesMoreEverMoreRarely() {
    LinkRecord run = run(SimulatedLink.of("10 Mbit/s", 10, 40), 8, 600);
    // up and down again, once a minute
    assertThat(run.steps().stream().filter(step -> step.time() > 300)).hasSizeLessThanOrEqualTo(12);
    LinkRecord thin = run(thin("2 Mbit/s"), 8, 1200);
    assertThat(thin.steps().stream().filter(step -> step.time() > 900)).hasSizeLessThanOrEqualTo(3);
  }

  @Test
  void goesDownWithALinkThatHasBecomeThinAndUpAgain() {
    SimulatedLink link =
        SimulatedLink.of("wifi, mobile, wifi", 100, 20)
            .perConnection(5)
            .then(40, 4, 60)
            .then(300, 100, 20)
            .perConnection(5);
    LinkRecord run = run(link, 5, 340);
    assertThat(run.limitAt(40)).isBetween(20, 32);
    // what is in flight still has to end; no more is begun
    assertThat(run.limitAt(60)).isLessThanOrEqualTo(8);
    assertThat(run.limitAt(300)).isLessThanOrEqualTo(4);
    assertThat(run.reached(20, 300)).isLessThan(320);
    assertThat(run.rate(325, 340)).isGreaterThan(0.95 * 12.5e6);
    assertThat(run.timeouts()).isZero();
  }

  /** Two of 5 Mbit/s are the 10 Mbit/s there were: nothing shows it but the next try. */
  @Test
  void findsOutWithinAMinuteThatMoreWouldNowCarryMore() {
    SimulatedLink link =
        SimulatedLink.of("10, then 20 of 5", 10, 60).then(120, 100, 20).perConnection(5);
    LinkRecord run = run(link, 5, 220);
    assertThat(run.reached(20, 120)).isLessThan(190);
    assertThat(run.rate(195, 220)).isGreaterThan(0.95 * 12.5e6);
  }

  @Test
  void opensMoreWhenEachConnectionHasBecomeSlower() {
    SimulatedLink link =
        SimulatedLink.of("5 to 2.5", 100, 20).perConnection(5).then(30, 100, 20).perConnection(2.5);
    LinkRecord run = run(link, 5, 150);
    assertThat(run.limitAt(150)).isGreaterThanOrEqualTo(38);
    assertThat(run.rate(120, 150)).isGreaterThan(0.95 * 12.5e6);
  }

  @ParameterizedTest
  @ValueSource(doubles = {30, 31, 31.5, 32, 32.5, 33, 33.5})
  void aStandstillOfSomeSecondsChangesNothingForLong(double from) {
    SimulatedLink link =
        SimulatedLink.of("gone for 4 s", 100, 20)
            .perConnection(5)
            .then(from, 0, 20)
            .then(from + 4, 100, 20)
            .perConnection(5);
    LinkRecord run = run(link, 8, 90);
    assertThat(run.timeouts()).isZero();
    assertThat(run.rate(45, 90)).isGreaterThan(0.95 * 12.5e6);
  }

  @Test
  void recoversFromTimeouts() {
    SimulatedLink link =
        SimulatedLink.of("gone for 20 s", 100, 20)
            .perConnection(5)
            .stallTimeout(10)
            .then(30, 0, 20)
            .then(50, 100, 20)
            .perConnection(5);
    LinkRecord run = run(link, 5, 200);
    assertThat(run.timeouts()).isPositive();
    assertThat(run.rate(150, 200)).isGreaterThan(0.95 * 12.5e6);
  }

  @Test
  void keepsWhatItKnowsThroughAShortPauseAndForgetsItInALongOne() {
    AdaptiveConcurrency adaptive = new AdaptiveConcurrency(MANY);
    LinkSimulation run =
        new LinkSimulation(shaped("paused"), adaptive).run(Integer.MAX_VALUE, 8 * MIB, 20);
    int settled = adaptive.limit();
    assertThat(settled).isGreaterThanOrEqualTo(20);
    run.idle(20).run(2, MIB, 0.01);
    assertThat(adaptive.limit()).isEqualTo(settled);
    run.idle(90).run(2, MIB, 0.01);
    assertThat(adaptive.limit()).isBetween(8, settled - 4);
    run.idle(900).run(2, MIB, 0.01);
    assertThat(adaptive.limit()).isEqualTo(LimitSearch.START);
    assertThat(adaptive.connectionRate()).isPresent();
  }

  @Test
  void reportsTheRateOfAConnectionThatItHasMeasured() {
    AdaptiveConcurrency adaptive = new AdaptiveConcurrency(MANY);
    assertThat(adaptive.connectionRate()).isEmpty();
    new LinkSimulation(shaped("measured"), adaptive).run(Integer.MAX_VALUE, 8 * MIB, 30);
    assertThat(adaptive.connectionRate().orElse(0)).isBetween(350_000L, 625_000L);
  }

  @Test
  void aBurstOfRefusalsCountsOnce() {
    AdaptiveConcurrency adaptive = new AdaptiveConcurrency(MANY);
    List<Flight> flights = grownTo(adaptive, 16);
    long now = 100 * SECOND;
    flights.forEach(flight -> adaptive.failed(flight, Failure.SLOW_DOWN, now));
    assertThat(adaptive.limit()).isEqualTo(8);
    Flight later = adaptive.flight(MIB);
    adaptive.started(later, now + SECOND);
    adaptive.failed(later, Failure.SLOW_DOWN, now + 2 * SECOND);
    assertThat(adaptive.limit()).isLessThan(8);
  }

  @Test
  void whatSaysNothingAboutTheLinkChangesNothing() {
    AdaptiveConcurrency adaptive = new AdaptiveConcurrency(MANY);
    List<Flight> flights = grownTo(adaptive, 16);
    int limit = adaptive.limit();
    flights.forEach(flight -> adaptive.failed(flight, Failure.OTHER, 100 * SECOND));
    assertThat(adaptive.limit()).isEqualTo(limit);
  }

  @Test
  void neverBelowOne() {
    AdaptiveConcurrency adaptive = new AdaptiveConcurrency(MANY);
    for (Failure failure : Failure.values()) {
      for (int i = 1; i < 10; i++) {
        Flight flight = adaptive.flight(MIB);
        adaptive.started(flight, i * SECOND);
        adaptive.failed(flight, failure, i * SECOND + 1);
        assertThat(adaptive.limit()).isBetween(1, LimitSearch.START);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8})
  void neverAboveTheMaximum(int maximum) {
    LinkRecord run =
        new LinkSimulation(shaped("bounded"), new AdaptiveConcurrency(maximum))
            .run(Integer.MAX_VALUE, 8 * MIB, 60)
            .seen();
    assertThat(run.mostInFlight()).isEqualTo(maximum);
    assertThat(run.limitAt(60)).isEqualTo(maximum);
  }

  @Test
  void theMaximumMayChangeAtAnyTime() {
    AdaptiveConcurrency adaptive = new AdaptiveConcurrency(6);
    LinkSimulation run = new LinkSimulation(shaped("steered"), adaptive);
    run.run(Integer.MAX_VALUE, 8 * MIB, 20);
    assertThat(adaptive.limit()).isEqualTo(6);
    adaptive.maximum(3);
    assertThat(adaptive.limit()).isEqualTo(3);
    run.run(0, 8 * MIB, 30);
    assertThat(adaptive.limit()).isEqualTo(3);
    adaptive.maximum(MANY);
    run.run(0, 8 * MIB, 30);
    assertThat(adaptive.limit()).isGreaterThanOrEqualTo(20);
  }

  @Test
  void anAppThatHasLittleToSendDoesNotMakeItGrow() {
    AdaptiveConcurrency adaptive = new AdaptiveConcurrency(MANY);
    long now = 0;
    for (int i = 0; i < 200; i++) {
      Flight flight = adaptive.flight(MIB);
      adaptive.started(flight, now);
      now += SECOND;
      adaptive.answered(flight, now);
    }
    assertThat(adaptive.limit()).isEqualTo(LimitSearch.START);
  }

  /** Brings the limit up by parts that all take a second, and leaves that many in flight. */
  private static List<Flight> grownTo(AdaptiveConcurrency adaptive, int limit) {
    List<Flight> flights = new ArrayList<>();
    long now = 0;
    while (true) {
      while (flights.size() < adaptive.limit()) {
        Flight flight = adaptive.flight(MIB);
        adaptive.started(flight, now);
        flights.add(flight);
      }
      if (flights.size() >= limit) {
        return flights;
      }
      now += SECOND;
      long end = now;
      flights.forEach(flight -> adaptive.answered(flight, end));
      flights.clear();
    }
  }
}
