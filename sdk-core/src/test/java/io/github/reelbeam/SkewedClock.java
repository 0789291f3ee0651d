package io.github.reelbeam;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A machine's clock as somebody has set it, and may set it again at any moment. */
public final class SkewedClock extends Clock {
  private volatile Duration ahead;

  public SkewedClock(Duration ahead) {
    this.ahead = ahead;
  }

  /** Sets it so far ahead of the real time; behind it, if negative. */
  public void set(Duration newAhead) {
    ahead = newAhead;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
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
