package io.github.reelbeam.internal.transfer;

import java.util.function.Supplier;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;

/** The {@link PartRetryStrategy} of the run that has a {@link PooledClient}. */
final class PooledRetries implements RetryStrategy {
  private final Supplier<PartRetryStrategy> current;
  private final int maxAttempts;

  /**
   * @param maxAttempts the same for all runs; the SDK asks also while there is none
   */
  PooledRetries(Supplier<PartRetryStrategy> current, int maxAttempts) {
    this.current = current;
    this.maxAttempts = maxAttempts;
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return current.get().acquireInitialToken(request);
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    return current.get().refreshRetryToken(request);
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    return current.get().recordSuccess(request);
  }

  @Override
  public int maxAttempts() {
    return maxAttempts;
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return new UnchangeableRetries<>(this);
  }
}
