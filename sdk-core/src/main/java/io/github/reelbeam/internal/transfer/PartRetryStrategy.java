package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.internal.http.Causes;
import io.github.reelbeam.internal.http.S3CallException;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.log.UploadContext;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/**
 * Applies the app's {@link RetryPolicy} to each request by itself. The SDK's own strategies share a
 * token bucket among all requests, which ends a long upload after enough small mishaps, and they
 * count time without a network as attempts.
 */
final class PartRetryStrategy implements RetryStrategy {
  private static final Logger log = LoggerFactory.getLogger(Loggers.TRANSFER);

  private final RetryPolicy policy;
  private final TransferObserver observer;
  private final UsedSecrets secrets;
  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private final UploadContext context;

  // The manager ends a run by failing all other requests with the failure of the last one. Those
  // come here as if they had failed themselves, and must not be sent again.
  private volatile boolean over;

  PartRetryStrategy(
      RetryPolicy policy,
      TransferObserver observer,
      UsedSecrets secrets,
      LongSupplier nanoTime,
      DoubleSupplier random,
      UploadContext context) {
    this.policy = policy;
    this.observer = observer;
    this.secrets = secrets;
    this.nanoTime = nanoTime;
    this.random = random;
    this.context = context;
  }

  /**
   * What one request has been through.
   *
   * @param failures attempts spent
   * @param unreachable attempts that found nobody, since the last that found somebody
   * @param outageSince when the first of them was; kept over connections that are cut, so that a
   *     network that comes and goes is given up in the end; null if the store has answered since
   * @param cut whether the last failure was a connection that ended without an answer
   */
  private record Trials(int failures, int unreachable, @Nullable Long outageSince, boolean cut)
      implements RetryToken {

    /**
     * A connection that is cut just before the store cannot be reached was cut by what keeps it
     * from being reached: that attempt is not the part's fault, and is given back.
     */
    int failuresBeforeOutage() {
      return cut ? failures - 1 : failures;
    }
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    return AcquireInitialTokenResponse.create(new Trials(0, 0, null, false), Duration.ZERO);
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    Trials trials = (Trials) request.token();
    Throwable failure = request.failure();
    if (over) {
      throw new TokenAcquisitionFailedException("the run has ended", trials, failure);
    }
    int part = partOf(failure);
    if (part > 0) {
      observer.partDropped(part);
    }
    FailureKind kind = FailureClassifier.kindOf(failure);
    if (!kind.isRetriedInRun()) {
      throw last("not worth another try: " + kind, trials, failure);
    }
    return kind == FailureKind.UNREACHABLE
        ? waitForNetwork(trials, failure)
        : tryAgain(trials, failure, part, kind);
  }

  /** One request that fails for good ends the run. */
  private TokenAcquisitionFailedException last(String why, Trials trials, Throwable failure) {
    over = true;
    return new TokenAcquisitionFailedException(why, trials, failure);
  }

  private RefreshRetryTokenResponse waitForNetwork(Trials trials, Throwable failure) {
    long now = nanoTime.getAsLong();
    long since = trials.outageSince() == null ? now : trials.outageSince();
    int times = trials.unreachable() + 1;
    if (now - since >= policy.giveUpAfter().toNanos()) {
      throw last("unreachable for " + policy.giveUpAfter(), trials, failure);
    }
    observer.unreachable();
    Duration delay = policy.delay(times, random);
    context.run(
        () -> log.debug("unreachable, trying again in {}: {}", delay, secrets.words(failure)));
    return RefreshRetryTokenResponse.create(
        new Trials(trials.failuresBeforeOutage(), times, since, false), delay);
  }

  private RefreshRetryTokenResponse tryAgain(
      Trials trials, Throwable failure, int part, FailureKind kind) {
    int failures = trials.failures() + 1;
    if (failures >= policy.maxAttempts()) {
      throw last(failures + " attempts failed", trials, failure);
    }
    Duration own = policy.delay(failures, random);
    Duration asked = retryAfter(failure).orElse(Duration.ZERO);
    Duration delay = own.compareTo(asked) < 0 ? asked : own;
    String reason = secrets.words(failure);
    context.run(
        () -> log.debug("part {} failed {} times, again in {}: {}", part, failures, delay, reason));
    observer.reachable();
    observer.partRetry(new PartRetry(part, failures, delay, cause(kind, failure), reason));
    boolean cut = Causes.find(failure, AwsServiceException.class) == null;
    Long outageSince = cut ? trials.outageSince() : null;
    return RefreshRetryTokenResponse.create(new Trials(failures, 0, outageSince, cut), delay);
  }

  private static RetryCause cause(FailureKind kind, Throwable failure) {
    if (kind == FailureKind.THROTTLED) {
      return RetryCause.THROTTLED;
    }
    if (Causes.find(failure, AwsServiceException.class) != null) {
      return RetryCause.STORE_ERROR;
    }
    return Causes.find(failure, SocketTimeoutException.class) != null
        ? RetryCause.STALLED
        : RetryCause.CONNECTION;
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    observer.reachable();
    return RecordSuccessResponse.create(request.token());
  }

  @Override
  public int maxAttempts() {
    return policy.maxAttempts();
  }

  private Optional<Duration> retryAfter(Throwable failure) {
    return header(failure, "Retry-After")
        .filter(value -> value.matches("\\d{1,5}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .map(asked -> asked.compareTo(policy.maxDelay()) > 0 ? policy.maxDelay() : asked);
  }

  /** Which part a failure belongs to; 0 for none. */
  private static int partOf(Throwable failure) {
    S3CallException broken = Causes.find(failure, S3CallException.class);
    if (broken != null) {
      return broken.partNumber().orElse(0);
    }
    return header(failure, RunInterceptor.PART_NUMBER)
        .filter(value -> value.matches("\\d{1,5}"))
        .map(Integer::parseInt)
        .orElse(0);
  }

  private static Optional<String> header(Throwable failure, String name) {
    AwsServiceException answer = Causes.find(failure, AwsServiceException.class);
    if (answer == null || answer.awsErrorDetails() == null) {
      return Optional.empty();
    }
    SdkHttpResponse response = answer.awsErrorDetails().sdkHttpResponse();
    return response == null ? Optional.empty() : response.firstMatchingHeader(name);
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return new UnchangeableRetries<>(this);
  }
}
