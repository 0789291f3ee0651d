package io.github.reelbeam.internal.timeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** Goes with the time that a test lets pass. */
final class TickingClock extends Clock {
  static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

  private final Supplier<Duration> passed;

  TickingClock(Supplier<Duration> passed) {
    this.passed = passed;
  }

  @Override
  public Instant instant() {
    return START.plus(passed.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
