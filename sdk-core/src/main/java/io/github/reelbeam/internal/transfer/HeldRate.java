package io.github.reelbeam.internal.transfer;

/** What a limit that is held carries in bytes per second, smoothed, and whether it still does. */
final class HeldRate {
  /** By so much more, the link is not what it was. */
  static final double RISEN = 1.5;

  private static final double FALLEN = 0.6;
  private static final double SMOOTHING = 0.2;

  /** What a measurement says. */
  enum Verdict {
    /** It carries what it did. */
    SAME,
    /** It carries more or less, for the first time. */
    DOUBTFUL,
    /** It carries less. */
    FALLEN,
    /** It carries more. */
    RISEN
  }

  private double rate;
  private int strange;

  boolean isKnown() {
    return rate > 0;
  }

  double get() {
    return rate;
  }

  void set(double newRate) {
    rate = newRate;
  }

  void forget() {
    rate = 0;
  }

  /** Another limit is held from now on: no measurement of it has been strange yet. */
  void begin() {
    strange = 0;
  }

  /**
   * Compares, and learns from what is not strange.
   *
   * @param exact whether no more than the limit were in flight
   */
  Verdict look(double total, boolean exact) {
    boolean risen = total > RISEN * rate;
    if (!risen && total >= FALLEN * rate) {
      strange = 0;
      rate += exact ? SMOOTHING * (total - rate) : 0;
      return Verdict.SAME;
    }
    // one bad moment may be a standstill that is over already; nothing pretends to be much better
    strange += total > 2 * rate ? 2 : 1;
    if (strange < 2) {
      return Verdict.DOUBTFUL;
    }
    strange = 0;
    return risen ? Verdict.RISEN : Verdict.FALLEN;
  }
}
