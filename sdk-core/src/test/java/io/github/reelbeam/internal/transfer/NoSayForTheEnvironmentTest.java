package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * What the AWS SDK takes from the environment of the process does not lead an upload away from the
 * store that its grant means. The SDK reads an environment variable and a system property for each;
 * a test can set the latter.
 */
class NoSayForTheEnvironmentTest {
  private final Requests requests = new Requests();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

  @AfterEach
  void stopThreads() {
    scheduler.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "aws.endpointUrlS3, https://elsewhere.example.com",
    "aws.endpointUrl, https://elsewhere.example.com",
    "aws.useFipsEndpoint, true",
    "aws.useDualstackEndpoint, true",
  })
  void aGrantWithoutAnEndpointMeansAws(String property, String value) throws Exception {
    String before = System.setProperty(property, value);
    try {
      abort("eu-central-1", null);
    } finally {
      restore(property, before);
    }
    assertThat(requests.hosts).containsExactly("videos.s3.eu-central-1.amazonaws.com");
  }

  @Test
  void aGrantsEndpointGoesBeforeTheEnvironments() throws Exception {
    String property = "aws.endpointUrlS3";
    String before = System.setProperty(property, "https://elsewhere.example.com");
    try {
      abort("eu-central-1", URI.create("https://store.example.com"));
    } finally {
      restore(property, before);
    }
    assertThat(requests.hosts).containsExactly("videos.store.example.com");
  }

  /** What is judged before is where it goes. */
  @ParameterizedTest
  @ValueSource(strings = {"us-east-1", "aws-global", "cn-north-1", "us-gov-west-1", "nowhere-7"})
  void aRegionsRequestsGoToTheHostThatItStandsFor(String region) throws Exception {
    abort(region, null);
    assertThat(AwsEndpoint.of(region))
        .hasValueSatisfying(
            endpoint -> assertThat(requests.hosts).containsExactly("videos." + endpoint.getHost()));
  }

  private void abort(String region, @Nullable URI endpoint) throws Exception {
    TransferEngine engine =
        new TransferEngine(
            requests,
            TransferOptions.defaults(),
            Runnable::run,
            scheduler,
            TransferSlots.fixed(4, System::nanoTime),
            new StoreClock(Clock.systemUTC(), System::nanoTime),
            System::nanoTime,
            () -> 0.5);
    Target target = new Target("videos", "a.mp4", region, endpoint, false, null);
    CompletableFuture<Void> abort =
        engine.abort(
            target,
            "upload-1",
            () ->
                CompletableFuture.completedFuture(
                    new TemporaryCredentials("ASIAEXAMPLE", "SECRET", "TOKEN", Instant.MAX)),
            UploadContext.NONE);
    assertThat(catchThrowable(() -> abort.get(20, TimeUnit.SECONDS))).isNotNull();
  }

  private static void restore(String property, @Nullable String before) {
    if (before == null) {
      System.clearProperty(property);
    } else {
      System.setProperty(property, before);
    }
  }

  /** Notes where requests go, and lets none through. */
  private static final class Requests implements SdkAsyncHttpClient {
    private final List<String> hosts = new ArrayList<>();

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest work) {
      hosts.add(work.request().host());
      IllegalStateException refusal = new IllegalStateException("noted");
      work.responseHandler().onError(refusal);
      return CompletableFuture.failedFuture(refusal);
    }

    @Override
    public void close() {}
  }
}
