package io.github.reelbeam.internal.transfer;

import java.util.concurrent.TimeUnit;

/**
 * The number of connections at which the store or the link gave up. It is kept away from for a
 * time, for longer each time that it turns out to be the same, and is then tried from just below.
 */
final class Ceiling {
  private static final int NONE = Integer.MAX_VALUE;
  private static final long LASTS = TimeUnit.SECONDS.toNanos(60);
  private static final long LASTS_AT_MOST = TimeUnit.SECONDS.toNanos(600);

  private int number = NONE;
  private long lasts = LASTS;
  private long until;

  /** The last limit that stood without such a failure; 0 if there is none. */
  private int sound;

  /** A limit has stood. */
  void stood(int limit) {
    sound = limit;
  }

  /** A limit has carried more than fewer did: if it was the ceiling, there is none any more. */
  void passed(int limit) {
    sound = limit;
    if (limit >= number) {
      number = NONE;
    }
  }

  /**
   * So many were too many.
   *
   * @param growing whether more than stood before were being tried
   * @return how many to go on with
   */
  int hit(int failing, boolean growing, long now) {
    boolean tried = growing && sound > 0 && sound < failing;
    if (tried && sound == failing - 1) {
      // the same again: it is where it is
      lasts = Math.min(lasts * 2, LASTS_AT_MOST);
    }
    number = failing;
    until = now + lasts;
    int next = tried ? Math.max(sound, failing / 2) : Math.max(1, failing / 2);
    sound = 0;
    return next;
  }

  /** A limit that growth from another may go to: half of the way that is left, at most. */
  int growth(int wanted, int limit, long now) {
    int next = isKnown() ? Math.min(wanted, halfWay(limit)) : wanted;
    return Math.min(next, cap(limit, now));
  }

  /** A limit that may be tried from another: half of the way that is left, or one more. */
  int probe(int wanted, int limit, long now) {
    int next = isKnown() ? Math.max(limit + 1, halfWay(limit)) : wanted;
    return Math.min(next, cap(limit, now));
  }

  /** The highest limit that may follow another now. */
  int cap(int limit, long now) {
    // once the ceiling has stood for a while it may be touched, from just below
    boolean touch = now >= until && limit == number - 1;
    return touch ? number : number - 1;
  }

  private boolean isKnown() {
    return number < NONE;
  }

  private int halfWay(int limit) {
    return (limit + number) / 2;
  }
}
