package io.github.reelbeam.internal.transfer;

import java.net.URI;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/**
 * The SDK's client, and the transfer manager over it, serving one run after the other: they cost
 * more to make than a small file costs to send.
 *
 * <p>What belongs to a run is reached through the one that has the client at the time, and is
 * forgotten when it gives the client back; nothing leaves while nobody has it.
 */
final class PooledClient implements AutoCloseable {
  /**
   * What a client is made for, and cannot be changed.
   *
   * @param endpoint null for AWS's own of the region
   */
  record Shape(String region, @Nullable URI endpoint, boolean pathStyle, long partSize) {}

  private final Shape shape;
  private final S3AsyncClient s3;
  private final S3TransferManager manager;
  private volatile @Nullable RunParticulars run;

  /**
   * @param make makes the SDK's client over what it is given
   */
  PooledClient(Shape shape, Executor workers, Function<PooledClient, S3AsyncClient> make) {
    this.shape = shape;
    this.s3 = make.apply(this);
    this.manager = S3TransferManager.builder().s3Client(s3).executor(workers).build();
  }

  Shape shape() {
    return shape;
  }

  S3AsyncClient s3() {
    return s3;
  }

  S3TransferManager manager() {
    return manager;
  }

  /** From here on it serves that run; with null, none. */
  void serve(@Nullable RunParticulars next) {
    run = next;
  }

  /** The run that has the client. */
  RunParticulars run() {
    RunParticulars current = run;
    if (current == null) {
      throw new CancellationException("the run is over");
    }
    return current;
  }

  AwsCredentialsProvider credentials() {
    return new Credentials();
  }

  SdkAsyncHttpClient http() {
    return new Http();
  }

  /** Threads for what the SDK does when an answer is there, which it then does for that upload. */
  Executor threads(Executor workers) {
    return task -> {
      RunParticulars current = run;
      (current == null ? workers : current.context().on(workers)).execute(task);
    };
  }

  @Override
  public void close() {
    manager.close();
    s3.close();
  }

  /** Those of the run. */
  private final class Credentials implements AwsCredentialsProvider {
    @Override
    public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest asked) {
      return run().credentials().resolveIdentity(asked).thenApply(Function.identity());
    }

    @Override
    public AwsCredentials resolveCredentials() {
      return run().credentials().resolveCredentials();
    }
  }

  /** The transport as the run sees it. */
  private final class Http implements SdkAsyncHttpClient {
    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest work) {
      RunParticulars current = run();
      return current.context().get(() -> current.http().execute(work));
    }

    @Override
    public String clientName() {
      return "ReelbeamOkHttp";
    }

    @Override
    public void close() {}
  }
}
