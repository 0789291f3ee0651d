package io.github.reelbeam.examples.backend;

import java.time.Duration;

/**
 * Counts the requests that are being served, so that a stop waits for the last of them and no
 * longer: the JDK's own {@code stop} may wait the whole time that it is given.
 */
final class InFlight {
  private int count;
  private boolean closed;

  /** Counts one in, unless it comes too late. */
  synchronized boolean enter() {
    if (closed) {
      return false;
    }
    count++;
    return true;
  }

  synchronized void leave() {
    count--;
    notifyAll();
  }

  /**
   * Lets no more in, and waits for those that are.
   *
   * @return how many are left at the end of that time
   */
  synchronized int closeAndAwait(Duration atMost) throws InterruptedException {
    closed = true;
    long end = System.nanoTime() + atMost.toNanos();
    long left = atMost.toNanos();
    while (count > 0 && left > 0) {
      // in whole milliseconds, rounded up: 0 would wait for ever
      wait(left / 1_000_000 + 1);
      left = end - System.nanoTime();
    }
    return count;
  }
}
