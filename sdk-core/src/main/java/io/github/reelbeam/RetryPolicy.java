package io.github.reelbeam;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How often, and after which delays, something that failed is tried again: a part, a request for
 * credentials, a notification.
 *
 * <p>Delays grow exponentially with full jitter: before the n-th repetition it is drawn evenly from
 * 0 to {@code min(maxDelay, baseDelay * 2^(n-1))}. Each part and each request counts for itself;
 * there is no budget shared among them that could end a long upload. Time without a network spends
 * no attempts: it is bounded by {@link #giveUpAfter()} instead, as is the time that an upload waits
 * for a backend whose attempts are used up.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class RetryPolicy {
  private static final RetryPolicy DEFAULTS = new Builder().build();

  private final int maxAttempts;
  private final Duration baseDelay;
  private final Duration maxDelay;
  private final Duration giveUpAfter;

  private RetryPolicy(Builder builder) {
    this.maxAttempts = builder.maxAttempts;
    this.baseDelay = builder.baseDelay;
    this.maxDelay = builder.maxDelay;
    this.giveUpAfter = builder.giveUpAfter;
  }

  /** The defaults named at each setting of the {@link Builder}. */
  public static RetryPolicy defaults() {
    return DEFAULTS;
  }

  /** Returns a builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that holds this policy's values. */
  public Builder toBuilder() {
    return new Builder()
        .maxAttempts(maxAttempts)
        .baseDelay(baseDelay)
        .maxDelay(maxDelay)
        .giveUpAfter(giveUpAfter);
  }

  /** How many times something is tried in all, the first time included. */
  public int maxAttempts() {
    return maxAttempts;
  }

  /** The upper bound of the first delay. */
  public Duration baseDelay() {
    return baseDelay;
  }

  /** The upper bound of every delay. */
  public Duration maxDelay() {
    return maxDelay;
  }

  /**
   * How long an upload waits in one stretch for a network, or for a backend that is down, before it
   * fails, resumable.
   */
  public Duration giveUpAfter() {
    return giveUpAfter;
  }

  /**
   * The delay before the next attempt, in whole milliseconds.
   *
   * @param failures how many attempts have failed so far, from 1
   * @param random gives numbers from 0 (inclusive) to 1 (exclusive)
   * @throws IllegalArgumentException if {@code failures} is below 1
   */
  public Duration delay(int failures, DoubleSupplier random) {
    if (failures < 1) {
      throw new IllegalArgumentException("failures counts from 1, not " + failures);
    }
    double bound =
        Math.min((double) maxDelay.toMillis(), baseDelay.toMillis() * Math.pow(2, failures - 1.0));
    return Duration.ofMillis(Math.round(bound * random.getAsDouble()));
  }

  @Override
  public String toString() {
    return "RetryPolicy[maxAttempts="
        + maxAttempts
        + ", baseDelay="
        + baseDelay
        + ", maxDelay="
        + maxDelay
        + ", giveUpAfter="
        + giveUpAfter
        + "]";
  }

  /** Builds a {@link RetryPolicy}. Not safe for use by more than one thread. */
  public static final class Builder {
    private int maxAttempts = 6;
    private Duration baseDelay = Duration.ofMillis(500);
    private Duration maxDelay = Duration.ofSeconds(20);
    private Duration giveUpAfter = Duration.ofHours(24);

    private Builder() {}

    /**
     * Attempts in all, the first included: 1 to 1,000; 6 by default.
     *
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder maxAttempts(int attempts) {
      if (attempts < 1 || attempts > 1000) {
        throw new IllegalArgumentException("maxAttempts goes from 1 to 1000, not " + attempts);
      }
      this.maxAttempts = attempts;
      return this;
    }

    /**
     * The upper bound of the first delay: 1 ms to 1 hour; 500 ms by default.
     *
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder baseDelay(Duration delay) {
      this.baseDelay = checked("baseDelay", delay, Duration.ofHours(1));
      return this;
    }

    /**
     * The upper bound of every delay: 1 ms to 1 hour; 20 seconds by default.
     *
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder maxDelay(Duration delay) {
      this.maxDelay = checked("maxDelay", delay, Duration.ofHours(1));
      return this;
    }

    /**
     * How long to wait in one stretch for a network, or for a backend that is down: 1 ms to 365
     * days; 24 hours by default.
     *
     * @throws IllegalArgumentException if it is out of these bounds
     */
    public Builder giveUpAfter(Duration duration) {
      this.giveUpAfter = checked("giveUpAfter", duration, Duration.ofDays(365));
      return this;
    }

    /**
     * Builds the policy.
     *
     * @throws IllegalArgumentException if the base delay is longer than the longest delay
     */
    public RetryPolicy build() {
      if (baseDelay.compareTo(maxDelay) > 0) {
        throw new IllegalArgumentException(
            "baseDelay (" + baseDelay + ") must not be longer than maxDelay (" + maxDelay + ")");
      }
      return new RetryPolicy(this);
    }

    private static Duration checked(String name, Duration value, Duration longest) {
      if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(longest) > 0) {
        throw new IllegalArgumentException(
            name + " goes from 1 ms to " + longest + ", not " + value);
      }
      return value;
    }
  }
}
