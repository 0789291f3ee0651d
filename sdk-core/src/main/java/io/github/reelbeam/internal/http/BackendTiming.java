package io.github.reelbeam.internal.http;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Time and chance as a backend call sees them; tests give their own and never wait.
 *
 * @param clock the local clock, for a backend that does not tell its own
 * @param pause waits between attempts
 * @param random numbers from 0 (inclusive) to 1 (exclusive), for the jitter
 */
public record BackendTiming(Clock clock, Pause pause, DoubleSupplier random) {

  /** The system's clock, real waiting, real chance. */
  public static BackendTiming system() {
    return new BackendTiming(
        Clock.systemUTC(),
        delay -> Thread.sleep(delay.toMillis()),
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** Lets time pass. */
  @FunctionalInterface
  public interface Pause {
    /**
     * Returns when the delay is over.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    void of(Duration delay) throws InterruptedException;
  }
}
