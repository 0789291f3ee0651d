package io.github.reelbeam.internal.transfer;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * Decides how many parts of all uploads may be in flight, from what the link shows.
 *
 * <p>It begins with {@value #START}, and as long as more connections carry more, it goes on to
 * more: quickly where each is fast enough to be no burden, one at a time where each is slow. When
 * more connections only share what there was, it computes from both measurements how many fill the
 * link and stays there ({@link LinkLevel#filling}). From then on it tries a few more now and then,
 * ever more rarely; measures whether fewer do as well when throughput falls; and grows anew when it
 * rises. A store that asks to slow down, or a stalled part, lowers the limit at once, once for a
 * burst of them; the number that was too many is then approached with care.
 *
 * <p>Only what has demonstrably left is taken for throughput, see {@link Flight}.
 *
 * <p>No clock, no threads: the caller says what happens and when, in nanoseconds of a clock that
 * never goes back. Not safe for use by more than one thread.
 */
final class AdaptiveConcurrency implements ConcurrencyLimit {
  static final int START = 2;

  private static final int FAT_LIMIT = 8;
  private static final double FALLEN = 0.6;
  private static final double RISEN = 1.5;
  private static final double AS_GOOD = 0.95;
  private static final double BETTER = 1.03;
  private static final double KEEPS = 0.85;
  private static final double BUSY = 0.7;
  private static final double EXACT = 1.05;
  private static final double PATIENCE = 1.25;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_LAG = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long SHORTEST_LAG = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long HOLD_SPAN = 3 * SECOND;
  private static final long FIRST_PROBE = 10 * SECOND;
  private static final long LAST_PROBE = 60 * SECOND;
  private static final long LAST_THIN_PROBE = 300 * SECOND;
  private static final long PAUSE_AFTER_CUT = 5 * SECOND;
  private static final long CEILING_LASTS = 60 * SECOND;
  private static final long CEILING_LASTS_AT_MOST = 600 * SECOND;
  private static final long FRESH = 30 * SECOND;
  private static final long HALF_LIFE = 60 * SECOND;

  private enum State {
    /** Goes up as long as it pays. */
    GROWING,
    /** Has found its number, and watches. */
    HOLDING,
    /** Tries a few more than it held. */
    PROBING,
    /** Tries fewer, since throughput has fallen. */
    SHRINKING
  }

  private final LinkEvidence evidence = new LinkEvidence();
  private int maximum;
  private int limit;
  private int inFlight;
  private State state = State.GROWING;

  /** What the next measurement is compared with. */
  private LinkLevel before = LinkLevel.NONE;

  /** The latest measurement. */
  private LinkLevel latest = LinkLevel.NONE;

  /** Bytes per second at the held limit, smoothed; 0 if not known yet. */
  private double held;

  /** The highest limit that growth has tried, as long as it is not sure that fewer do as well. */
  private int tried;

  private boolean climbed;
  private int strange;
  private long probeAfter = FIRST_PROBE;
  private long nextProbe = Long.MIN_VALUE;

  private boolean everCut;
  private long lastCut;

  /** The number at which the store or the link gave up. */
  private int ceiling = Integer.MAX_VALUE;

  private long ceilingLasts = CEILING_LASTS;
  private long ceilingUntil;

  /** The last limit that was held without such a failure. */
  private int sound;

  /** How long connections take to settle after a change. */
  private long lag = LONGEST_LAG;

  private long idleSince;

  /**
   * @param maximum how many at most, at least 1
   */
  AdaptiveConcurrency(int maximum) {
    this.maximum = maximum;
    this.limit = Math.min(START, maximum);
    evidence.restart(limit, 0);
  }

  /** A request that is about to be sent with a body of so many bytes. */
  @Override
  public Flight flight(long length) {
    return new Flight(length);
  }

  /** How many may be in flight now: from 1 to the maximum. */
  @Override
  public int limit() {
    return limit;
  }

  /** Bytes per second of all connections together as last measured; kept while idle. */
  OptionalLong rate() {
    return latest.isKnown() ? OptionalLong.of(Math.round(latest.total())) : OptionalLong.empty();
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
    boolean held = limit == maximum && max > maximum && state == State.HOLDING;
    maximum = max;
    if (limit > max) {
      hold(max);
      this.held = 0;
    } else if (held) {
      probeAfter = FIRST_PROBE;
      nextProbe = Long.MIN_VALUE;
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
    if (state == State.GROWING && isFat(flight, now) && limit < Math.min(FAT_LIMIT, cap(now))) {
      // no need to measure: each of these few would still be fast if they shared what there is
      before = LinkLevel.NONE;
      set(limit + 1);
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
      hold(Math.max(1, limit * 3 / 4));
    } else {
      hitCeiling(Math.max(2, Math.min(were, limit)), now);
    }
    held = 0;
    nextProbe = now + PAUSE_AFTER_CUT;
  }

  private void hitCeiling(int failing, long now) {
    boolean trying = sound > 0 && sound < failing && state != State.HOLDING;
    if (trying && sound == failing - 1) {
      // the same again: it is where it is
      ceilingLasts = Math.min(ceilingLasts * 2, CEILING_LASTS_AT_MOST);
    }
    ceiling = failing;
    ceilingUntil = now + ceilingLasts;
    hold(trying ? Math.max(sound, failing / 2) : Math.max(1, failing / 2));
    sound = 0;
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
      evidence.restart(limit, 0);
    }
    if (idle > FRESH && latest.isKnown()) {
      int least = Math.min(START, limit);
      double left = Math.pow(0.5, (double) (idle - FRESH) / HALF_LIFE);
      state = State.GROWING;
      before = LinkLevel.NONE;
      probeAfter = FIRST_PROBE;
      set(least + (int) ((limit - least) * left));
    }
  }

  private void count(long settle, long now) {
    // a request that runs is not taken back, so a lower limit may take its time to come true
    boolean orMore = state == State.HOLDING || state == State.SHRINKING;
    evidence.inFlight(inFlight, settle, now, orMore);
  }

  private void set(int newLimit) {
    limit = Math.max(1, Math.min(newLimit, maximum));
    evidence.restart(limit, latest.perConnection());
    count(lag, evidence.last());
  }

  private void again(long now) {
    evidence.restart(limit, 0);
    count(0, now);
  }

  private void hold(int newLimit) {
    state = State.HOLDING;
    strange = 0;
    tried = 0;
    climbed = false;
    before = LinkLevel.NONE;
    set(newLimit);
  }

  private int cap(long now) {
    // once the ceiling has stood for a while it may be touched, from just below
    boolean touch = now >= ceilingUntil && limit == ceiling - 1;
    return Math.min(maximum, touch ? ceiling : ceiling - 1);
  }

  private boolean enough(long now) {
    double each = evidence.perConnection();
    double seconds = evidence.nanos() / limit / 1e9;
    if (each == 0 || (state == State.HOLDING && evidence.span(now) < HOLD_SPAN)) {
      return false;
    }
    if (each < LinkLevel.THIN) {
      return evidence.flights() >= Math.min(limit, 1 + limit / 2) && seconds >= 1;
    }
    if (evidence.done() >= limit && evidence.flights() >= limit) {
      // the quick ones are answered first
      return evidence.span(now) > PATIENCE * evidence.nanos() / evidence.flights();
    }
    return evidence.flights() >= (limit + 1) / 2 && seconds >= 0.25;
  }

  private void decide(long now) {
    if (!enough(now)) {
      return;
    }
    if (evidence.meanInFlight(now) < BUSY * limit) {
      // the app had no more to send
      again(now);
      return;
    }
    LinkLevel level =
        new LinkLevel(limit, evidence.total(now), evidence.perConnection(), evidence.nanos());
    latest = level;
    switch (state) {
      case GROWING -> grow(level, now);
      case HOLDING -> watch(level, now);
      case PROBING -> endProbe(level, now);
      case SHRINKING -> shrink(level, now);
    }
  }

  private void grow(LinkLevel level, long now) {
    boolean compares = before.isKnown() && level.limit() > before.limit();
    if (compares && level.isDoubtful(before, manyAnswers())) {
      return;
    }
    if (compares && !level.paysOver(before)) {
      settle(level, now);
      return;
    }
    int next = level.next(!compares);
    if (ceiling < Integer.MAX_VALUE) {
      next = Math.min(next, (limit + ceiling) / 2);
    }
    next = Math.min(next, cap(now));
    if (next <= limit) {
      state = State.HOLDING;
      strange = 0;
      tried = 0;
      held = level.total();
      nextProbe = now + probeAfter;
      again(now);
      return;
    }
    before = compares ? level.with(before) : level;
    set(next);
  }

  private boolean manyAnswers() {
    return evidence.done() >= 2 * limit;
  }

  private void settle(LinkLevel level, long now) {
    int filling = level.filling(before);
    double best = Math.max(level.total(), before.total());
    hold(filling);
    held = best;
    tried =
        level.perConnection() > LinkLevel.THIN && !(level.perConnection() > LinkLevel.FAT)
            ? level.limit()
            : 0;
    probeAfter = FIRST_PROBE;
    nextProbe = now + probeAfter / 4;
  }

  private void watch(LinkLevel level, long now) {
    boolean exact = evidence.meanInFlight(now) <= EXACT * limit;
    if (held == 0 && !exact) {
      again(now);
      return;
    }
    if (exact && !confirm(level)) {
      return;
    }
    sound = limit;
    boolean fallen = level.total() < FALLEN * held;
    boolean risen = level.total() > RISEN * held;
    if (fallen || risen) {
      // one bad moment may be a standstill that is over already; nothing pretends to be much better
      strange += level.total() > 2 * held ? 2 : 1;
      if (strange >= 2) {
        strange = 0;
        changed(level, risen, now);
        return;
      }
    } else {
      strange = 0;
      held += exact ? 0.2 * (level.total() - held) : 0;
    }
    if (!(exact && strange == 0 && now >= nextProbe && probe(level, now))) {
      again(now);
    }
  }

  /** Whether the limit that growth has led to does what was expected; else goes on to another. */
  private boolean confirm(LinkLevel level) {
    if (climbed && level.total() < BETTER * before.total()) {
      // it was the measure that was too high, not the limit that is too low
      climbed = false;
      tried = 0;
      held = before.total();
      set(before.limit());
      return false;
    }
    climbed = tried > limit && level.total() < AS_GOOD * held;
    if (climbed) {
      before = level;
      set((limit + tried + 1) / 2);
      return false;
    }
    if (tried > 0 || held == 0) {
      held = level.total();
      tried = 0;
    }
    return true;
  }

  /** The link is not what it was. */
  private void changed(LinkLevel level, boolean better, long now) {
    if (better) {
      state = State.GROWING;
      before = LinkLevel.NONE;
      grow(level, now);
    } else if (limit > START) {
      state = State.SHRINKING;
      before = level;
      boolean slow = level.perConnection() < LinkLevel.THIN / 2;
      int fewer = slow ? (int) (level.total() / LinkLevel.THIN) : limit;
      set(Math.max(START, Math.min(fewer, limit / 2)));
    } else {
      held = level.total();
      again(now);
    }
  }

  private boolean probe(LinkLevel level, long now) {
    int next = level.probe();
    if (ceiling < Integer.MAX_VALUE) {
      next = Math.max(limit + 1, (limit + ceiling) / 2);
    }
    next = Math.min(next, cap(now));
    if (next <= limit) {
      return false;
    }
    state = State.PROBING;
    before = new LinkLevel(limit, held, level.perConnection(), level.nanos());
    set(next);
    return true;
  }

  private void endProbe(LinkLevel level, long now) {
    if (level.isDoubtful(before, manyAnswers())) {
      return;
    }
    if (level.clearlyPaysOver(before)) {
      sound = limit;
      if (limit >= ceiling) {
        ceiling = Integer.MAX_VALUE;
      }
      probeAfter = FIRST_PROBE;
      state = State.GROWING;
      grow(level, now);
    } else {
      probeAfter = Math.min(probeAfter * 2, level.isThin() ? LAST_THIN_PROBE : LAST_PROBE);
      nextProbe = now + probeAfter;
      hold(before.limit());
    }
  }

  private void shrink(LinkLevel level, long now) {
    double mean = evidence.meanInFlight(now);
    if (level.total() > RISEN * before.total()) {
      // it was a standstill
      hold(before.limit());
    } else if (mean > 0.9 * before.limit()) {
      again(now);
    } else if (level.total() < KEEPS * before.total()) {
      // each connection has become slower by itself: as many as before, or more
      int back = before.limit();
      held = before.total();
      probeAfter = FIRST_PROBE;
      nextProbe = now;
      hold(back);
    } else if (mean > EXACT * limit) {
      again(now);
    } else if (limit > START) {
      before = level;
      set(Math.max(START, limit / 2));
    } else {
      held = level.total();
      probeAfter = FIRST_PROBE;
      nextProbe = now + probeAfter;
      hold(limit);
    }
  }
}
