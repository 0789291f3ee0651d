package io.github.reelbeam.internal.transfer;

import java.util.OptionalLong;

/** As many parts as the app says, whatever happens. */
final class FixedConcurrency implements ConcurrencyLimit {
  private int parts;

  FixedConcurrency(int parts) {
    this.parts = parts;
  }

  @Override
  public int limit() {
    return parts;
  }

  @Override
  public void maximum(int most) {
    parts = most;
  }

  @Override
  public Flight flight(long length) {
    return new Flight(length);
  }

  @Override
  public void started(Flight flight, long now) {}

  @Override
  public void wrote(Flight flight, long bytes, long took, long now) {}

  @Override
  public void answered(Flight flight, long now) {}

  @Override
  public void failed(Flight flight, Failure failure, long now) {}

  @Override
  public OptionalLong connectionRate() {
    return OptionalLong.empty();
  }
}
