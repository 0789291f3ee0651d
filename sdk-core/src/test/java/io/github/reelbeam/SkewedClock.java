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

  /** Makes it the clock of the machine that an uploader runs on. */
  public VideoUploader.Builder ofTheMachine(VideoUploader.Builder uploader) {
    return uploader.clock(this);
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
