package io.github.reelbeam.internal.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.internal.http.CapturedLog;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** The engine's clients sign with {@link SigV4Signer}, whichever kind of bucket it is. */
class QuietAuthSchemeTest {
  private static final String TOKEN = "granted-session-token";
  private static final String EXPRESS_TOKEN = "session-token-of-a-directory-bucket";
  private static final String SESSION =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <CreateSessionResult><Credentials>
      <SessionToken>%s</SessionToken><SecretAccessKey>express-secret-key</SecretAccessKey>
      <AccessKeyId>EXPRESS</AccessKeyId><Expiration>2099-01-01T00:00:00Z</Expiration>
      </Credentials></CreateSessionResult>
      """
          .formatted(EXPRESS_TOKEN);

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Store store = new Store();

  @AfterEach
  void stopThreads() {
    workers.shutdownNow();
    scheduler.shutdownNow();
  }

  @Test
  void aBucketsRequestsAreSignedInSilence() throws Exception {
    assertThat(logOfAnAbort("videos")).isNotEmpty().doesNotContain(TOKEN).doesNotContain("SECRET");
    assertThat(store.requests)
        .singleElement()
        .satisfies(
            abort -> {
              assertThat(abort.firstMatchingHeader("X-Amz-Security-Token")).hasValue(TOKEN);
              assertThat(abort.firstMatchingHeader("Authorization"))
                  .hasValueSatisfying(
                      value ->
                          assertThat(value)
                              .startsWith("AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/")
                              .contains("/us-east-1/s3/aws4_request"));
            });
  }

  @Test
  void aDirectoryBucketsRequestsAreSignedInSilence() throws Exception {
    assertThat(logOfAnAbort("videos--use1-az4--x-s3"))
        .isNotEmpty()
        .doesNotContain(TOKEN)
        .doesNotContain("SECRET")
        .doesNotContain(EXPRESS_TOKEN)
        .doesNotContain("express-secret-key");
    assertThat(store.requests).hasSize(2);
    assertThat(store.requests.get(0).rawQueryParameters()).containsKey("session");
    assertThat(store.requests.get(0).firstMatchingHeader("X-Amz-Security-Token")).hasValue(TOKEN);
    SdkHttpRequest abort = store.requests.get(1);
    assertThat(abort.firstMatchingHeader("x-amz-s3session-token")).hasValue(EXPRESS_TOKEN);
    assertThat(abort.firstMatchingHeader("Authorization"))
        .hasValueSatisfying(
            value ->
                assertThat(value)
                    .startsWith("AWS4-HMAC-SHA256 Credential=EXPRESS/")
                    .contains("/us-east-1/s3express/aws4_request"));
  }

  private String logOfAnAbort(String bucket) throws Exception {
    TransferEngine engine =
        new TransferEngine(
            store,
            TransferOptions.builder().build(),
            workers,
            scheduler,
            TransferSlots.fixed(4, System::nanoTime),
            new StoreClock(Clock.systemUTC(), System::nanoTime),
            System::nanoTime,
            () -> 0.5);
    String sdk = "software.amazon.awssdk.";
    try (CapturedLog log =
        new CapturedLog(
            sdk + "http.auth.aws.internal.signer.DefaultV4RequestSigner",
            sdk + "http.auth.aws.internal.signer.util.SignerUtils",
            sdk + "core.internal.http.pipeline.stages.AsyncSigningStage",
            sdk + "core.interceptor.ExecutionInterceptorChain",
            sdk + "services.s3.auth.scheme.internal.S3AuthSchemeInterceptor",
            sdk + "requestId",
            sdk + "request")) {
      engine
          .abort(
              new Target(bucket, "holiday.mp4", "us-east-1", null, false, null),
              "upload-1",
              () ->
                  CompletableFuture.completedFuture(
                      new TemporaryCredentials("ASIAEXAMPLE", "SECRET", TOKEN, Instant.MAX)),
              UploadContext.NONE)
          .get(20, TimeUnit.SECONDS);
      return log.text();
    }
  }

  /** Gives sessions and takes aborts. */
  private static final class Store implements SdkAsyncHttpClient {
    private final List<SdkHttpRequest> requests = new CopyOnWriteArrayList<>();

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest work) {
      requests.add(work.request());
      boolean isSession = work.request().rawQueryParameters().containsKey("session");
      var handler = work.responseHandler();
      handler.onHeaders(SdkHttpFullResponse.builder().statusCode(isSession ? 200 : 204).build());
      handler.onStream(AsyncRequestBody.fromBytes((isSession ? SESSION : "").getBytes(UTF_8)));
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {}
  }
}
