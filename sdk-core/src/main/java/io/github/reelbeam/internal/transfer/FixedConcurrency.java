package io.github.reelbeam.internal.transfer;

/** As many parts as the app says, whatever happens. */
final class FixedConcurrency implements ConcurrencyLimit {
  private static final Flight FLIGHT = new Flight() {};

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
  public Flight started(long length, long nowNanos) {
    return FLIGHT;
  }

  @Override
  public void wrote(Flight flight, long bytes, long tookNanos, long nowNanos) {}

  @Override
  public void answered(Flight flight, long nowNanos) {}

  @Override
  public void failed(Flight flight, Failure how, long nowNanos) {}

  @Override
  public long ratePerConnection() {
    return 0;
  }
}
