package io.github.reelbeam.internal.http;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What the S3 transport is told besides its OkHttp client and dispatcher.
 *
 * @param stallTimeout how long a request may go without a byte moving, in either direction or out
 *     of its source, before it fails; a request that moves, however slowly, is never timed out
 * @param ownsDispatcher whether closing the transport also shuts the dispatcher's threads down
 * @param connectionRate what one connection carries, in bytes per second; 0 as long as it is not
 *     known
 */
public record TransportOptions(
    Duration stallTimeout, boolean ownsDispatcher, LongSupplier connectionRate) {
  public TransportOptions {
    if (stallTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("the stall timeout must be 1 ms or more: " + stallTimeout);
    }
  }

  /** Nothing is known of the network. */
  public TransportOptions(Duration stallTimeout, boolean ownsDispatcher) {
    this(stallTimeout, ownsDispatcher, () -> 0);
  }
}
