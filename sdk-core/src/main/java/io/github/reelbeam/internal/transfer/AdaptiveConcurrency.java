package io.github.reelbeam.internal.transfer;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Decides how many parts of all uploads may be in flight, from what the link shows.
 *
 * <p>It begins with {@value LimitSearch#START}, and as long as more connections carry more, it goes
 * on to more: quickly where each is fast enough to be no burden, one at a time where each is slow.
 * When more connections only share what there was, it computes from both measurements how many fill
 * the link and stays there ({@link LinkLevel#filling}). From then on it tries a few more now and
 * then, ever more rarely; measures whether fewer do as well when throughput falls; and grows anew
 * when it rises. A store that asks to slow down, or a stalled part, lowers the limit at once, once
 * for a burst of them; the number that was too many is then approached with care ({@link Ceiling}).
 *
 * <p>This class listens to the requests, gathers what they show ({@link LinkEvidence}), and asks
 * {@link LimitSearch} what follows. Only what has demonstrably left is taken for throughput, see
 * {@link Flight}.
 *
 * <p>No clock, no threads: the caller says what happens and when, in nanoseconds of a clock that
 * never goes back. Not safe for use by more than one thread.
 */
final class AdaptiveConcurrency implements ConcurrencyLimit {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_LAG = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long SHORTEST_LAG = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long FRESH = 30 * SECOND;
  private static final long HALF_LIFE = 60 * SECOND;

  private final LinkEvidence evidence = new LinkEvidence();
  private final LimitSearch search;
  private int inFlight;

  /** The latest measurement. */
  private LinkLevel latest = LinkLevel.NONE;

  private boolean everCut;
  private long lastCut;

  /** How long connections take to settle after a change. */
  private long lag = LONGEST_LAG;

  private long idleSince;

  /**
   * @param maximum how many at most, at least 1
   */
  AdaptiveConcurrency(int maximum) {
    this.search = new LimitSearch(maximum);
    evidence.restart(limit(), 0);
  }

  /** A request that is about to be sent with a body of so many bytes. */
  @Override
  public Flight flight(long length) {
    return new Flight(length);
  }

  /** How many may be in flight now: from 1 to the maximum. */
  @Override
  public int limit() {
    return search.limit();
  }

  /** Bytes per second of one connection as last measured; kept while idle. */
  @Override
  public OptionalLong connectionRate() {
    return latest.isKnown()
        ? OptionalLong.of(Math.round(latest.perConnection()))
        : OptionalLong.empty();
  }

  /** How many at most from now on; what is in flight already runs to its end. */
  @Override
  public void maximum(int max) {
    if (search.maximum(max)) {
      begin();
    }
  }

  /** A request begins, on a connection that is open or is about to be. */
  @Override
  public void started(Flight flight, long now) {
    if (inFlight == 0) {
      wake(now);
    }
    flight.begin(now);
    inFlight++;
    count(lag, now);
  }

  /**
   * Bytes of a body were handed to the socket.
   *
   * @param took how long that took, in nanoseconds
   */
  @Override
  public void wrote(Flight flight, long bytes, long took, long now) {
    Flight.Drained drained = flight.wrote(bytes, took, now);
    if (!drained.isNothing()) {
      evidence.drained(flight, drained, now);
      decide(now);
    }
  }

  /** The store has confirmed a request: all its bytes are there. */
  @Override
  public void answered(Flight flight, long now) {
    end(flight, now);
    lag = Math.max(SHORTEST_LAG, Math.min(lag, 4 * flight.sinceLastWrite(now)));
    evidence.answered(flight, now);
    count(lag, now);
    if (isFat(flight, now) && search.addsToFatOnes(now)) {
      begin();
    } else {
      decide(now);
    }
  }

  private static boolean isFat(Flight flight, long now) {
    return flight.length() * 1e9 / Math.max(1, now - flight.started()) > LinkLevel.FAT;
  }

  /** A request has ended without being confirmed. */
  @Override
  public void failed(Flight flight, Failure failure, long now) {
    int were = inFlight;
    end(flight, now);
    evidence.forget(flight);
    count(lag, now);
    // what began before the last cut belongs to the burst that caused it
    if (failure == Failure.OTHER || (everCut && flight.started() <= lastCut)) {
      return;
    }
    everCut = true;
    lastCut = now;
    if (failure == Failure.CONNECTION) {
      search.fewer(now);
    } else {
      search.tooMany(Math.max(2, Math.min(were, limit())), now);
    }
    begin();
  }

  private void end(Flight flight, long now) {
    if (flight.end()) {
      inFlight--;
      idleSince = now;
    }
  }

  /** After a while without requests what was learnt is half forgotten, and measured again. */
  private void wake(long now) {
    long idle = now - idleSince;
    if (idle > SECOND) {
      evidence.restart(limit(), 0);
    }
    if (idle > FRESH && latest.isKnown()) {
      search.fade(Math.pow(0.5, (double) (idle - FRESH) / HALF_LIFE));
      begin();
    }
  }

  private void decide(long now) {
    if (!evidence.suffices(search.isHolding(), now)) {
      return;
    }
    if (!evidence.isBusy(now)) {
      // the app had no more to send
      again(now);
      return;
    }
    latest = evidence.level(now);
    switch (search.judge(latest, evidence, now)) {
      case SEE_MORE -> {}
      case MEASURE_AGAIN -> again(now);
      case LIMIT_SET -> begin();
    }
  }

  private void again(long now) {
    evidence.restart(limit(), 0);
    count(0, now);
  }

  /** Measures a limit that was set just now, once the connections have settled. */
  private void begin() {
    evidence.restart(limit(), latest.perConnection());
    count(lag, evidence.last());
  }

  private void count(long settle, long now) {
    // a request that runs is not taken back, so a lower limit may take its time to come true
    evidence.inFlight(inFlight, settle, now, search.comesFromMore());
  }
}
