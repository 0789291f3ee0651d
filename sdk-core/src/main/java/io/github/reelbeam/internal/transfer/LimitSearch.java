package io.github.reelbeam.internal.transfer;

import java.util.concurrent.TimeUnit;

/**
 * Looks for the number of connections that fills the link: says after each measurement what to do
 * next. It measures nothing itself; {@link AdaptiveConcurrency} does, and carries out what is said.
 */
final class LimitSearch {
  static final int START = 2;

  private static final int FAT_LIMIT = 8;
  private static final double AS_GOOD = 0.95;
  private static final double BETTER = 1.03;
  private static final double KEEPS = 0.85;
  private static final double NOT_FEWER_YET = 0.9;
  private static final long PAUSE_AFTER_CUT = TimeUnit.SECONDS.toNanos(5);

  /** What to do after a measurement. */
  enum Next {
    /** Go on with it: it does not say enough yet. */
    SEE_MORE,
    /** Measure the same limit once more. */
    MEASURE_AGAIN,
    /** There is another limit now, or a reason to let this one settle anew. */
    LIMIT_SET
  }

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

  private final Ceiling ceiling = new Ceiling();
  private final ProbeTimes probes = new ProbeTimes();
  private final HeldRate held = new HeldRate();
  private int maximum;
  private int limit;
  private State state = State.GROWING;

  /** What the next measurement is compared with. */
  private LinkLevel before = LinkLevel.NONE;

  /** The highest limit that growth has tried, as long as it is not sure that fewer do as well. */
  private int tried;

  private boolean climbed;

  /**
   * @param maximum how many at most, at least 1
   */
  LimitSearch(int maximum) {
    this.maximum = maximum;
    this.limit = Math.min(START, maximum);
  }

  /** How many connections there may be now: from 1 to the maximum. */
  int limit() {
    return limit;
  }

  boolean isHolding() {
    return state == State.HOLDING;
  }

  /** Whether more than the limit may be seen, since those of a higher one have yet to end. */
  boolean comesFromMore() {
    return state == State.HOLDING || state == State.SHRINKING;
  }

  /** How many at most from now on; returns whether the limit was lowered. */
  boolean maximum(int max) {
    boolean mayGrow = limit == maximum && max > maximum && state == State.HOLDING;
    maximum = max;
    if (limit > max) {
      hold(max);
      held.forget();
      return true;
    }
    if (mayGrow) {
      probes.atOnce();
    }
    return false;
  }

  /**
   * A connection was so fast that a few more would still be fast if they shared what there is.
   *
   * @return whether there is one more now; it need not be measured first
   */
  boolean addsToFatOnes(long now) {
    if (state != State.GROWING
        || limit >= Math.min(FAT_LIMIT, Math.min(maximum, ceiling.cap(limit, now)))) {
      return false;
    }
    before = LinkLevel.NONE;
    set(limit + 1);
    return true;
  }

  /** A connection was refused, or broke. */
  void fewer(long now) {
    hold(Math.max(1, limit * 3 / 4));
    rest(now);
  }

  /** So many were too many for the store, or for the link. */
  void tooMany(int failing, long now) {
    hold(ceiling.hit(failing, state != State.HOLDING, now));
    rest(now);
  }

  private void rest(long now) {
    held.forget();
    probes.notBefore(now + PAUSE_AFTER_CUT);
  }

  /** Time has passed: only a share of the limit is still trusted, and it grows anew from there. */
  void fade(double share) {
    int least = Math.min(START, limit);
    state = State.GROWING;
    before = LinkLevel.NONE;
    probes.frequent();
    set(least + (int) ((limit - least) * share));
  }

  /**
   * Judges a measurement.
   *
   * @param seen what it was made from
   */
  Next judge(LinkLevel level, LinkEvidence seen, long now) {
    return switch (state) {
      case GROWING -> grow(level, seen, now);
      case HOLDING -> watch(level, seen, now);
      case PROBING -> endProbe(level, seen, now);
      case SHRINKING -> shrink(level, seen, now);
    };
  }

  private Next grow(LinkLevel level, LinkEvidence seen, long now) {
    boolean compares = before.isKnown() && level.limit() > before.limit();
    if (compares && level.isDoubtful(before, seen.hasManyAnswers())) {
      return Next.SEE_MORE;
    }
    if (compares && !level.paysOver(before)) {
      return settle(level, now);
    }
    int next = Math.min(maximum, ceiling.growth(level.next(!compares), limit, now));
    if (next <= limit) {
      state = State.HOLDING;
      held.begin();
      held.set(level.total());
      tried = 0;
      probes.later(now);
      return Next.MEASURE_AGAIN;
    }
    before = compares ? level.with(before) : level;
    return set(next);
  }

  private Next settle(LinkLevel level, long now) {
    int filling = level.filling(before);
    double best = Math.max(level.total(), before.total());
    hold(filling);
    held.set(best);
    tried =
        level.perConnection() > LinkLevel.THIN && !(level.perConnection() > LinkLevel.FAT)
            ? level.limit()
            : 0;
    probes.soon(now);
    return Next.LIMIT_SET;
  }

  private Next watch(LinkLevel level, LinkEvidence seen, long now) {
    boolean exact = seen.isExact(now);
    if (!held.isKnown() && !exact) {
      return Next.MEASURE_AGAIN;
    }
    if (exact && !confirm(level)) {
      return Next.LIMIT_SET;
    }
    ceiling.stood(limit);
    return switch (held.look(level.total(), exact)) {
      case RISEN -> growAnew(level, seen, now);
      case FALLEN -> tryFewer(level);
      case DOUBTFUL -> Next.MEASURE_AGAIN;
      case SAME -> exact && probes.isDue(now) ? probe(level, now) : Next.MEASURE_AGAIN;
    };
  }

  /** Whether the limit that growth has led to does what was expected; else goes on to another. */
  private boolean confirm(LinkLevel level) {
    if (climbed && level.total() < BETTER * before.total()) {
      // it was the measure that was too high, not the limit that is too low
      climbed = false;
      tried = 0;
      held.set(before.total());
      set(before.limit());
      return false;
    }
    climbed = tried > limit && level.total() < AS_GOOD * held.get();
    if (climbed) {
      before = level;
      set((limit + tried + 1) / 2);
      return false;
    }
    if (tried > 0 || !held.isKnown()) {
      held.set(level.total());
      tried = 0;
    }
    return true;
  }

  private Next growAnew(LinkLevel level, LinkEvidence seen, long now) {
    state = State.GROWING;
    before = LinkLevel.NONE;
    return grow(level, seen, now);
  }

  private Next tryFewer(LinkLevel level) {
    if (limit <= START) {
      held.set(level.total());
      return Next.MEASURE_AGAIN;
    }
    state = State.SHRINKING;
    before = level;
    boolean slow = level.perConnection() < LinkLevel.THIN / 2;
    int fewer = slow ? (int) (level.total() / LinkLevel.THIN) : limit;
    return set(Math.max(START, Math.min(fewer, limit / 2)));
  }

  private Next probe(LinkLevel level, long now) {
    int next = Math.min(maximum, ceiling.probe(level.probe(), limit, now));
    if (next <= limit) {
      return Next.MEASURE_AGAIN;
    }
    state = State.PROBING;
    before = new LinkLevel(limit, held.get(), level.perConnection(), level.nanos());
    return set(next);
  }

  private Next endProbe(LinkLevel level, LinkEvidence seen, long now) {
    if (level.isDoubtful(before, seen.hasManyAnswers())) {
      return Next.SEE_MORE;
    }
    if (level.clearlyPaysOver(before)) {
      ceiling.passed(limit);
      probes.frequent();
      state = State.GROWING;
      return grow(level, seen, now);
    }
    probes.inVain(level.isThin(), now);
    return hold(before.limit());
  }

  private Next shrink(LinkLevel level, LinkEvidence seen, long now) {
    if (level.total() > HeldRate.RISEN * before.total()) {
      // it was a standstill
      return hold(before.limit());
    }
    if (seen.meanInFlight(now) > NOT_FEWER_YET * before.limit()) {
      return Next.MEASURE_AGAIN;
    }
    if (level.total() < KEEPS * before.total()) {
      // each connection has become slower by itself: as many as before, or more
      held.set(before.total());
      probes.atOnce();
      return hold(before.limit());
    }
    if (!seen.isExact(now)) {
      return Next.MEASURE_AGAIN;
    }
    if (limit > START) {
      before = level;
      return set(Math.max(START, limit / 2));
    }
    held.set(level.total());
    probes.frequent();
    probes.later(now);
    return hold(limit);
  }

  private Next hold(int newLimit) {
    state = State.HOLDING;
    held.begin();
    tried = 0;
    climbed = false;
    before = LinkLevel.NONE;
    return set(newLimit);
  }

  private Next set(int newLimit) {
    limit = Math.max(1, Math.min(newLimit, maximum));
    return Next.LIMIT_SET;
  }
}
