package io.github.reelbeam.fuzz;

import io.github.reelbeam.internal.http.BackendTiming;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Time that stands still, so that the same input always does the same. */
public final class FuzzTime {
  /** What the local clock says. */
  public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private FuzzTime() {}

  /** Nobody waits; but nobody may be asked to wait for longer than five minutes either. */
  public static BackendTiming timing() {
    return new BackendTiming(
        Clock.fixed(NOW, ZoneOffset.UTC),
        delay ->
            Check.that(
                !delay.isNegative() && delay.compareTo(LONGEST_WAIT) <= 0, "a wait of " + delay),
        () -> 0.5);
  }
}
