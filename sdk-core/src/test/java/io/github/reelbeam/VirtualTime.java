package io.github.reelbeam;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock like {@link System#nanoTime} that moves when it is told to. It begins just before the
 * point where a long turns negative, as the real one may.
 */
public final class VirtualTime implements LongSupplier {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000);

  @Override
  public long getAsLong() {
    return nanos.get();
  }

  public void advance(Duration span) {
    nanos.addAndGet(span.toNanos());
  }

  public void advanceMillis(long millis) {
    advance(Duration.ofMillis(millis));
  }
}
