package io.github.reelbeam.internal.transfer;

import java.util.OptionalLong;

/**
 * Decides how many parts may be in flight at once, and is told how they fare. Times are nanoseconds
 * of a clock that never goes back. Not safe for use by more than one thread: {@link TransferSlots}
 * calls it under its lock.
 */
interface ConcurrencyLimit {
  /** Why a request has failed. */
  enum Failure {
    /** The store asked for fewer requests: 503 or 429. */
    SLOW_DOWN,
    /** Nothing moved any more. */
    TIMEOUT,
    /** The connection was refused, or broke. */
    CONNECTION,
    /** What says nothing about the network: a cancelled request, a 403. */
    OTHER
  }

  /** How many may be in flight now: 1 or more. */
  int limit();

  /** How many at most from now on. */
  void maximum(int parts);

  /** A request that is about to be sent with a body of so many bytes. */
  Flight flight(long length);

  /** It begins. */
  void started(Flight flight, long now);

  /**
   * Bytes of its body were handed to the connection.
   *
   * @param took how long that took, in nanoseconds; it waits while the buffers on the way are full
   */
  void wrote(Flight flight, long bytes, long took, long now);

  /** The store has confirmed it: all of its bytes have arrived. */
  void answered(Flight flight, long now);

  /** It has ended without that. */
  void failed(Flight flight, Failure failure, long now);

  /** What one connection carries, in bytes per second, as far as is known. */
  OptionalLong connectionRate();
}
