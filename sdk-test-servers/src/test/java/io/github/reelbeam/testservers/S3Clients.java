package io.github.reelbeam.testservers;

import java.net.URI;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** AWS clients that try once, so that each fault is seen. */
final class S3Clients {

  private S3Clients() {}

  static S3Client of(URI endpoint, TemporaryKeys keys) {
    return builder(endpoint, keys).httpClientBuilder(UrlConnectionHttpClient.builder()).build();
  }

  static S3ClientBuilder builder(URI endpoint, TemporaryKeys keys) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .forcePathStyle(true)
        // HttpURLConnection does not wait for "100 Continue" and trips over the refusal.
        .serviceConfiguration(c -> c.expectContinueEnabled(false))
        .overrideConfiguration(
            o -> o.retryStrategy(RetryMode.STANDARD).retryStrategy(r -> r.maxAttempts(1)))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create(
                    keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken())));
  }

  static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  /** Runs a call beside the test, for faults that leave it hanging. */
  static CompletableFuture<Void> beside(Runnable call) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                call.run();
                done.complete(null);
              } catch (RuntimeException e) {
                done.completeExceptionally(e);
              }
            },
            "beside");
    thread.setDaemon(true);
    thread.start();
    return done;
  }
}
