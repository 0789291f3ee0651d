package io.github.reelbeam.internal.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Time that does not pass, but notes how long it should have; chance that always says 0.5. */
public final class TestTiming {
  /** What the local clock says. */
  public static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  public BackendTiming timing() {
    return new BackendTiming(Clock.fixed(NOW, ZoneOffset.UTC), pauses::add, () -> 0.5);
  }

  /** How long was waited, each time. */
  public List<Duration> pauses() {
    return pauses;
  }
}
