package io.github.reelbeam.internal.transfer;

import java.util.concurrent.TimeUnit;

/** When a few connections more are tried: soon after a change, then ever more rarely. */
final class ProbeTimes {
  private static final long FIRST = TimeUnit.SECONDS.toNanos(10);
  private static final long LAST = TimeUnit.SECONDS.toNanos(60);
  private static final long LAST_THIN = TimeUnit.SECONDS.toNanos(300);

  private long gap = FIRST;
  private long next = Long.MIN_VALUE;

  boolean isDue(long now) {
    return now >= next;
  }

  /** They are as frequent again as in the beginning. */
  void frequent() {
    gap = FIRST;
  }

  /** Nothing stands against one now, and they are frequent again. */
  void atOnce() {
    frequent();
    next = Long.MIN_VALUE;
  }

  /** None before this moment. */
  void notBefore(long time) {
    next = time;
  }

  /** The next one after the usual time. */
  void later(long now) {
    next = now + gap;
  }

  /** The number is a computed one that has yet to prove itself: sooner than the usual time. */
  void soon(long now) {
    frequent();
    next = now + gap / 4;
  }

  /** One has shown nothing: the next comes later, much later where each is a burden. */
  void inVain(boolean thin, long now) {
    gap = Math.min(gap * 2, thin ? LAST_THIN : LAST);
    later(now);
  }
}
