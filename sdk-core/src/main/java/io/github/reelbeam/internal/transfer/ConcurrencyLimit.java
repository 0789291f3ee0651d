package io.github.reelbeam.internal.transfer;

/**
 * Decides how many parts may be in flight at once, and is told how they fare. Not safe for use by
 * more than one thread: {@link TransferSlots} calls it under its lock.
 */
interface ConcurrencyLimit {
  /** How a request that carried a part ended, if not well. */
  enum Failure {
    /** The store asks for a slower pace: 503 or 429. */
    SLOW_DOWN,
    /** Nothing moved for too long. */
    TIMEOUT,
    /** The connection broke, or could not be made. */
    CONNECTION,
    /** Another answer than the wanted one; it says nothing about the network. */
    OTHER,
    /** It was given up from this side. */
    GIVEN_UP
  }

  /** One request that carries a part; what is remembered of it is the limit's own affair. */
  interface Flight {}

  /** How many parts may be in flight now: 1 or more. */
  int limit();

  /** The app has changed the bound. */
  void maximum(int parts);

  /**
   * A request begins.
   *
   * @param length the bytes of its body
   */
  Flight started(long length, long nowNanos);

  /**
   * A piece was handed to the connection.
   *
   * @param tookNanos how long that took; it waits while the buffers on the way are full
   */
  void wrote(Flight flight, long bytes, long tookNanos, long nowNanos);

  /** The store has confirmed the part: all of its bytes have arrived. */
  void answered(Flight flight, long nowNanos);

  /** The request ended without that. */
  void failed(Flight flight, Failure how, long nowNanos);

  /** What one connection carries, in bytes per second; 0 if that is not known. */
  long ratePerConnection();
}
