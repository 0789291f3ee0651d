package io.github.reelbeam.internal.transfer;

/**
 * What the link carried with so many connections, and what follows from two such measurements. Pure
 * figures; {@link LimitSearch} acts on them.
 *
 * @param limit the number of connections
 * @param total bytes per second of all of them
 * @param perConnection bytes per second of one
 * @param nanos the observed time of all connections together: how much the figures are worth
 */
record LinkLevel(int limit, double total, double perConnection, double nanos) {
  static final LinkLevel NONE = new LinkLevel(0, 0, 0, 0);

  /** Below this a connection more is a burden; growth then goes by one, on much evidence. */
  static final double THIN = 256_000;

  /** As long as each connection gets this, a few more do no harm. */
  static final double HARMLESS = 1e6;

  /** Each connection is this fast only where the processor is the limit, or nearly. */
  static final double FAT = 16e6;

  private static final double GROWTH_PAYS = 0.35;
  private static final double PROBE_PAYS = 0.5;
  private static final double HARMLESS_PAYS = 1.05;
  private static final double SURELY = 0.75;
  private static final double HARDLY = 0.2;
  private static final int ALWAYS_FINE = 4;
  private static final double SPARE = 1.25;
  private static final double THIN_SPARE = 1.05;

  /** Whether there is a measurement. */
  boolean isKnown() {
    return limit > 0;
  }

  /** Whether parts are so slow that all must be taken with care. */
  boolean isThin() {
    return perConnection < THIN;
  }

  /** Whether even a small gain is worth a connection. */
  boolean isRoomy() {
    return perConnection >= HARMLESS && perConnection < FAT;
  }

  /** How long each connection was observed, in seconds. */
  double secondsEach() {
    return nanos / limit / 1e9;
  }

  /**
   * What of the connections added since a lower level has become throughput: 1 if each carries as
   * much as those before, 0 if they only share what there was.
   */
  double gainOver(LinkLevel lower) {
    return (total / lower.total - 1) / ((double) limit / lower.limit - 1);
  }

  /** Whether growth from a lower level has paid, so that it should go on. */
  boolean paysOver(LinkLevel lower) {
    return pays(lower, GROWTH_PAYS);
  }

  /** Whether a try from a settled level has paid: it must be clearer, for it starts growth anew. */
  boolean clearlyPaysOver(LinkLevel lower) {
    return pays(lower, PROBE_PAYS);
  }

  private boolean pays(LinkLevel lower, double gain) {
    return isRoomy() ? total >= HARMLESS_PAYS * lower.total : gainOver(lower) >= gain;
  }

  /** Whether more should be seen before it is said that it does not pay. */
  boolean isDoubtful(LinkLevel lower, boolean manyAnswers) {
    double gain = gainOver(lower);
    if (isThin()) {
      return gain > HARDLY && gain < SURELY && secondsEach() < 4;
    }
    return gain < SURELY && secondsEach() < 1 && !manyAnswers;
  }

  /** How many to try next, in a link that is not yet full. */
  int next(boolean first) {
    if (first && isThin()) {
      return limit + 1;
    }
    if (perConnection > FAT) {
      return limit * 2;
    }
    // twice as many, or as many as would have their harmless share if the link were full already
    return (int) Math.max(limit * 2.0, Math.min(limit * 4.0, total / HARMLESS));
  }

  /** How many more to try from a settled level. */
  int probe() {
    if (isThin()) {
      return limit + 1;
    }
    return limit + Math.max(1, limit < 8 ? limit / 2 : limit / 4);
  }

  /**
   * How many connections fill the link, now that growth from a lower level to this has filled it:
   * the most it carried by what one connection carried before, as BBR divides the bandwidth by the
   * unloaded link's delay.
   */
  int filling(LinkLevel lower) {
    double best = Math.max(total, lower.total);
    int filling = lower.limit;
    if (perConnection > HARMLESS) {
      filling = total > 1.02 * lower.total ? limit : lower.limit;
    } else if (!isThin()) {
      filling = (int) Math.ceil(SPARE * best / lower.perConnection);
    } else if (total > 1.1 * lower.total) {
      filling = (int) Math.ceil(THIN_SPARE * best / lower.perConnection);
    }
    filling = Math.max(filling, (int) Math.min(ALWAYS_FINE, best / THIN));
    return Math.max(lower.limit, Math.min(filling, limit));
  }

  /**
   * This level with what lower levels have shown of a single connection: as long as the link is not
   * full, they have all measured the same.
   */
  LinkLevel with(LinkLevel lower) {
    double all = nanos + lower.nanos;
    double each = (perConnection * nanos + lower.perConnection * lower.nanos) / all;
    return new LinkLevel(limit, total * each / perConnection, each, all);
  }
}
