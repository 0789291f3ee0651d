package io.github.reelbeam.internal.transfer;

import java.util.function.Predicate;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * The SDK may ask for a builder; whatever it sets, the app's policy stands.
 *
 * @param <S> the kind of strategy
 */
record UnchangeableRetries<S extends RetryStrategy>(S strategy)
    implements RetryStrategy.Builder<UnchangeableRetries<S>, S> {
  @Override
  public UnchangeableRetries<S> retryOnException(Predicate<Throwable> predicate) {
    return this;
  }

  @Override
  public UnchangeableRetries<S> maxAttempts(int attempts) {
    return this;
  }

  @Override
  public UnchangeableRetries<S> backoffStrategy(BackoffStrategy backoff) {
    return this;
  }

  @Override
  public UnchangeableRetries<S> throttlingBackoffStrategy(BackoffStrategy backoff) {
    return this;
  }

  @Override
  public UnchangeableRetries<S> treatAsThrottling(Predicate<Throwable> predicate) {
    return this;
  }

  @Override
  public S build() {
    return strategy;
  }
}
