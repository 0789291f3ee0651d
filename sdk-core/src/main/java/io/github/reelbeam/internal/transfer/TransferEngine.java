package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.internal.http.Causes;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;

/**
 * Sends sources to S3. All runs share one transport and the threads given here; each has a client
 * for itself, made for its endpoint and part size. Safe for use by many threads.
 */
public final class TransferEngine implements AutoCloseable {
  /** Parts that wait ahead of their slots: what ends in the time that one takes to prepare. */
  private static final int MOST_AHEAD = 8;

  private final SdkAsyncHttpClient transport;
  private final TransferOptions options;
  private final Executor workers;
  private final ScheduledExecutorService scheduler;
  private final TransferSlots slots;
  private final StoreClock clock;
  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private final ClientPool clients;
  private final SliceBuffers buffers = new SliceBuffers();

  /**
   * @param transport the HTTP transport; closed by whoever made it
   * @param options how the bytes go
   * @param workers threads that may block
   * @param scheduler for delays
   * @param slots how many parts of all runs may be in flight
   * @param clock the time to sign by; it hears what time it is from every answer of the store
   * @param nanoTime a clock like {@link System#nanoTime}
   * @param random numbers from 0 to 1, for jitter
   */
  public TransferEngine(
      SdkAsyncHttpClient transport,
      TransferOptions options,
      Executor workers,
      ScheduledExecutorService scheduler,
      TransferSlots slots,
      StoreClock clock,
      LongSupplier nanoTime,
      DoubleSupplier random) {
    this.transport = transport;
    this.options = options;
    this.workers = workers;
    this.scheduler = scheduler;
    this.slots = slots;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.random = random;
    this.clients = new ClientPool(this::client);
  }

  /** The time by which requests are signed, for whoever hears what time it is. */
  public StoreClock clock() {
    return clock;
  }

  /** The parts in flight, for whoever steers them. */
  public TransferSlots slots() {
    return slots;
  }

  /** Starts a run; it reports to the observer and ends with {@link TransferRun#result()}. */
  public TransferRun start(TransferOrder order, TransferObserver observer) {
    PartChecksums checksums =
        order.checksummed() ? new PartChecksums(order.source(), order.plan(), buffers) : null;
    UsedSecrets secrets = new UsedSecrets();
    RunInterceptor interceptor =
        new RunInterceptor(order.source(), order.plan(), checksums, buffers, observer, secrets);
    Supplier<CompletableFuture<TemporaryCredentials>> credentials =
        noted(order.credentials(), secrets);
    RunHttpClient http =
        new RunHttpClient(
            transport,
            false,
            new FreshSignature(credentials, clock, nanoTime),
            slots.share(order.priority()),
            new RequestLog(observer, secrets, nanoTime, order.context()));
    PooledClient client =
        clients.take(
            shape(order.target(), order.plan().partSize()),
            new RunParticulars(
                new GrantCredentialsProvider(credentials),
                http,
                interceptor,
                new PartRetryStrategy(
                    options.retryPolicy(), observer, secrets, nanoTime, random, order.context()),
                order.context()));
    TransferRun run =
        new TransferRun(
            order,
            client,
            clients,
            http,
            interceptor,
            checksums,
            observer,
            secrets,
            order.context().on(workers));
    run.begin();
    return run;
  }

  /**
   * Aborts a multipart upload, so that the store keeps nothing of it.
   *
   * @param context names the upload in the log
   * @return completes once the store has confirmed, or does not know the upload (any more);
   *     otherwise exceptionally
   */
  public CompletableFuture<Void> abort(
      Target target,
      String multipartUploadId,
      Supplier<CompletableFuture<TemporaryCredentials>> credentials,
      UploadContext context) {
    UsedSecrets secrets = new UsedSecrets();
    RetryStrategy retries =
        new PartRetryStrategy(
            options.retryPolicy(), new SilentObserver(), secrets, nanoTime, random, context);
    Supplier<CompletableFuture<TemporaryCredentials>> noted = noted(credentials, secrets);
    RunHttpClient http =
        new RunHttpClient(
            transport,
            true,
            new FreshSignature(noted, clock, nanoTime),
            slots.share(() -> UploadPriority.NORMAL),
            new RequestLog(new SilentObserver(), secrets, nanoTime, context));
    S3AsyncClient s3 =
        builder(shape(target, 0), new GrantCredentialsProvider(noted), http, context.on(workers))
            .overrideConfiguration(common(retries).build())
            .build();
    return s3.abortMultipartUpload(
            abort -> abort.bucket(target.bucket()).key(target.key()).uploadId(multipartUploadId))
        .handle(
            (done, failure) -> {
              s3.close();
              if (failure != null && Causes.find(failure, NoSuchUploadException.class) == null) {
                throw new AbortFailed(TransferRun.failure(failure, secrets));
              }
              return null;
            });
  }

  private static Supplier<CompletableFuture<TemporaryCredentials>> noted(
      Supplier<CompletableFuture<TemporaryCredentials>> credentials, UsedSecrets secrets) {
    return () -> credentials.get().thenApply(secrets::noted);
  }

  private PooledClient.Shape shape(Target target, long partSize) {
    return new PooledClient.Shape(
        target.region(),
        options.endpoint().orElse(target.endpoint()),
        options.pathStyleAccess().orElse(target.pathStyleAccess()),
        partSize);
  }

  private PooledClient client(PooledClient.Shape shape) {
    return new PooledClient(
        shape,
        workers,
        pooled -> {
          RetryStrategy retries =
              new PooledRetries(() -> pooled.run().retries(), options.retryPolicy().maxAttempts());
          return builder(shape, pooled.credentials(), pooled.http(), pooled.threads(workers))
              .overrideConfiguration(
                  common(retries)
                      .addExecutionInterceptor(new PooledInterceptor(pooled::run))
                      .build())
              .multipartEnabled(true)
              .multipartConfiguration(
                  parts ->
                      parts
                          .minimumPartSizeInBytes(shape.partSize())
                          .thresholdInBytes(shape.partSize())
                          // the bodies are replaced, so this buffers nothing; it must not hold
                          // back the parts, of which 10,000 at most come at 16 KiB each
                          .apiCallBufferSizeInBytes(Long.MAX_VALUE / 2)
                          .parallelConfiguration(p -> p.maxInFlightParts(preparedParts())))
              .build();
        });
  }

  /**
   * How many parts the manager has under way. How many of them are really sent at once is up to the
   * slots; those beyond wait for one, with their checksum. Without them a slot that becomes free
   * would stay so until the next part is ready, or go to an upload that is less urgent.
   */
  private int preparedParts() {
    return options.parallelism() + Math.min(options.parallelism(), MOST_AHEAD);
  }

  private S3AsyncClientBuilder builder(
      PooledClient.Shape shape,
      AwsCredentialsProvider credentials,
      SdkAsyncHttpClient http,
      Executor threads) {
    S3AsyncClientBuilder builder =
        S3AsyncClient.builder()
            .region(Region.of(shape.region()))
            .credentialsProvider(credentials)
            // nor have AWS_ENDPOINT_URL, AWS_USE_FIPS_ENDPOINT and the like: whether a store may be
            // sent to was judged without them
            .dualstackEnabled(false)
            .fipsEnabled(false)
            .forcePathStyle(shape.pathStyle())
            .httpClient(http)
            .asyncConfiguration(
                c ->
                    c.advancedOption(
                        SdkAdvancedAsyncClientOption.FUTURE_COMPLETION_EXECUTOR, threads))
            // the checksums are ours, in headers; trailers would need aws-chunked bodies, which
            // Ceph and others refuse
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    // the SDK's own signer logs session tokens
    QuietAuthScheme.all(clock::now).forEach(builder::putAuthScheme);
    if (shape.endpoint() == null) {
      builder.endpointProvider(AwsEndpoint.provider());
    } else {
      builder.endpointOverride(shape.endpoint());
    }
    return builder;
  }

  private ClientOverrideConfiguration.Builder common(RetryStrategy retries) {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(retries)
        .scheduledExecutorService(scheduler)
        // a grant says it all: the machine's own AWS profile has no say
        .defaultProfileFile(ProfileFile.aggregator().build())
        .addExecutionInterceptor(clock);
  }

  /** Closes the clients; to be called once the runs have ended. */
  @Override
  public void close() {
    clients.close();
  }

  /** Carries a {@link TransferFailure} through a future. */
  static final class AbortFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbortFailed(TransferFailure cause) {
      super(cause.getMessage(), cause);
    }
  }
}
