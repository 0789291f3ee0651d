package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.internal.transfer.PooledClient.Shape;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

class ClientPoolTest {
  private static final Shape SHAPE =
      new Shape("eu-central-1", URI.create("https://s3.example"), true, 8 << 20);

  private final List<PooledClient> closed = new ArrayList<>();
  private final ClientPool pool =
      new ClientPool(
          shape -> new PooledClient(shape, Runnable::run, pooled -> new NotedClient(pooled)));

  @Test
  void aClientThatIsGivenBackServesTheNextRunOfTheShape() {
    RunParticulars first = run();
    RunParticulars second = run();
    PooledClient client = pool.take(SHAPE, first);
    assertThat(client.run()).isSameAs(first);
    pool.giveBack(client);
    assertThat(pool.take(SHAPE, second)).isSameAs(client);
    assertThat(client.run()).isSameAs(second);
  }

  @Test
  void runsAtTheSameTimeHaveAClientEach() {
    assertThat(pool.take(SHAPE, run())).isNotSameAs(pool.take(SHAPE, run()));
  }

  @Test
  void eachDetailOfTheShapeMatters() {
    pool.giveBack(pool.take(SHAPE, run()));
    List<Shape> others =
        List.of(
            new Shape("eu-west-1", SHAPE.endpoint(), true, SHAPE.partSize()),
            new Shape(SHAPE.region(), null, true, SHAPE.partSize()),
            new Shape(SHAPE.region(), SHAPE.endpoint(), false, SHAPE.partSize()),
            new Shape(SHAPE.region(), SHAPE.endpoint(), true, SHAPE.partSize() + 1));
    for (Shape other : others) {
      assertThat(pool.take(other, run()).shape()).isEqualTo(other);
    }
  }

  /** The credentials of an upload that is over are nobody's any more. */
  @Test
  void aClientThatIsGivenBackKnowsNothingOfItsRunAndSendsNothing() {
    PooledClient client = pool.take(SHAPE, run());
    pool.giveBack(client);
    assertThatThrownBy(client::run).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> client.credentials().resolveCredentials())
        .isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> client.http().execute(AsyncExecuteRequest.builder().build()))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void onlySoManyAreKeptAndTheOneIdleForLongestGoes() {
    List<PooledClient> taken =
        IntStream.rangeClosed(0, ClientPool.MAX_IDLE)
            .mapToObj(i -> pool.take(SHAPE, run()))
            .toList();
    taken.forEach(pool::giveBack);
    assertThat(closed).containsExactly(taken.get(0));
  }

  @Test
  void closingClosesThoseThatAreIdleAndThenThoseThatComeBack() {
    PooledClient idle = pool.take(SHAPE, run());
    PooledClient taken = pool.take(SHAPE, run());
    pool.giveBack(idle);
    pool.close();
    assertThat(closed).containsExactly(idle);
    pool.giveBack(taken);
    assertThat(closed).containsExactly(idle, taken);
  }

  @Test
  void whatTheInterceptorOfARunOverridesIsPassedOnToIt() {
    assertThat(overridden(PooledInterceptor.class)).isEqualTo(overridden(RunInterceptor.class));
  }

  private static Set<String> overridden(Class<?> interceptor) {
    return Arrays.stream(interceptor.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .map(Method::getName)
        .collect(Collectors.toSet());
  }

  private static RunParticulars run() {
    BytesSource source = BytesSource.random(10);
    PartPlan plan = PartPlan.of(10, TransferOptions.MIN_PART_SIZE);
    SilentObserver observer = new SilentObserver();
    UsedSecrets secrets = new UsedSecrets();
    return new RunParticulars(
        new GrantCredentialsProvider(CompletableFuture::new),
        RunHttpClientTest.client(new NoTransport(), false),
        new RunInterceptor(source, plan, null, new SliceBuffers(), observer, secrets),
        new PartRetryStrategy(
            RetryPolicy.defaults(),
            observer,
            secrets,
            System::nanoTime,
            () -> 0.5,
            UploadContext.NONE),
        UploadContext.NONE);
  }

  private static final class NoTransport implements SdkAsyncHttpClient {
    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
      throw new AssertionError("nothing is to be sent");
    }

    @Override
    public void close() {}
  }

  private final class NotedClient implements S3AsyncClient {
    private final PooledClient pooled;

    NotedClient(PooledClient pooled) {
      this.pooled = pooled;
    }

    @Override
    public String serviceName() {
      return "s3";
    }

    @Override
    public void close() {
      closed.add(pooled);
    }
  }
}
