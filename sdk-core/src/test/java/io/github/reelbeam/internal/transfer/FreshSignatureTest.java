package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.credentials.TemporaryCredentials;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class FreshSignatureTest {
  private static final Instant BEFORE = Instant.parse("2026-11-27T10:00:00Z");
  private static final Duration LONG = Duration.ofMinutes(20);
  private static final Instant LATER = BEFORE.plus(LONG);

  private long nanos;
  private CompletableFuture<TemporaryCredentials> credentials =
      CompletableFuture.completedFuture(
          new TemporaryCredentials("new-id", "new-secret", "new-token", LATER.plus(LONG)));
  private final FreshSignature fresh =
      new FreshSignature(
          () -> credentials,
          new StoreClock(Clock.fixed(LATER, ZoneOffset.UTC), () -> 0),
          () -> nanos);

  private static SdkHttpRequest signed(
      String service, String id, String secret, String token, Instant time) {
    SdkHttpRequest part =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.PUT)
            .protocol("https")
            .host("bucket.s3.eu-central-1.amazonaws.com")
            .encodedPath("/videos/1.mp4")
            .appendRawQueryParameter("partNumber", "7")
            .appendRawQueryParameter("uploadId", "u1")
            .putHeader("x-amz-checksum-crc32", "AAAAAA==")
            .build();
    return new SigV4Signer<AwsSessionCredentialsIdentity>(() -> time)
        .sign(
            request ->
                request
                    .identity(AwsSessionCredentialsIdentity.create(id, secret, token))
                    .request(part)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false))
        .request();
  }

  private static SdkHttpRequest signedBefore(String service) {
    return signed(service, "old-id", "old-secret", "old-token", BEFORE);
  }

  @Test
  void whatWaitedLongIsAsIfItHadBeenSignedNow() {
    FreshSignature.Waiting waiting = fresh.waiting(signedBefore("s3"));
    nanos = LONG.toNanos();
    assertThat(waiting.signedNow())
        .isCompletedWithValueMatching(
            now ->
                now.headers()
                    .equals(signed("s3", "new-id", "new-secret", "new-token", LATER).headers()));
  }

  @Test
  void whatWentAtOnceStaysAsItIs() {
    SdkHttpRequest request = signedBefore("s3");
    FreshSignature.Waiting waiting = fresh.waiting(request);
    nanos = Duration.ofMillis(1).toNanos() - 1;
    assertThat(waiting.signedNow()).isCompletedWithValue(request);
  }

  @Test
  void theSessionOfADirectoryBucketIsLeftAlone() {
    SdkHttpRequest request = signedBefore("s3express");
    FreshSignature.Waiting waiting = fresh.waiting(request);
    nanos = LONG.toNanos();
    assertThat(waiting.signedNow()).isCompletedWithValue(request);
  }

  @Test
  void credentialsThatAreNotToBeHadAreTheFailure() {
    FreshSignature.Waiting waiting = fresh.waiting(signedBefore("s3"));
    nanos = LONG.toNanos();
    credentials = CompletableFuture.failedFuture(new IllegalStateException("none"));
    assertThat(waiting.signedNow()).isCompletedExceptionally();
  }

  @Test
  void theSecretIsNotShown() {
    assertThat(new Signature("id", "the-secret", "eu-central-1", "s3").toString())
        .doesNotContain("the-secret");
  }
}
