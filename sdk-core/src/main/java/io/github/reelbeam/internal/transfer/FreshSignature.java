package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.credentials.TemporaryCredentials;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Signs a request again that has waited for its turn. S3 takes a signature for 15 minutes
 * (RequestTimeTooSkewed), the credentials may have been renewed meanwhile, and the store may have
 * told another time: on a slow network parts wait for longer than any of these lasts.
 */
final class FreshSignature {
  private static final String SERVICE = "s3";

  // directory buckets ("s3express") have session credentials of their own, which are not at hand
  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/,]+/\\d{8}/([^/,]+)/" + SERVICE + "/aws4_request");

  /** Within this it went at once. All else is signed again, which costs next to nothing. */
  private static final long GOOD_NANOS = Duration.ofMillis(1).toNanos();

  private final Supplier<CompletableFuture<TemporaryCredentials>> credentials;
  private final StoreClock clock;
  private final LongSupplier nanoTime;

  /**
   * @param credentials gives credentials that are good now, renewed if need be
   * @param clock the time to sign by
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  FreshSignature(
      Supplier<CompletableFuture<TemporaryCredentials>> credentials,
      StoreClock clock,
      LongSupplier nanoTime) {
    this.credentials = credentials;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** A request that is signed and has to wait now. */
  Waiting waiting(SdkHttpRequest signed) {
    return new Waiting(signed, nanoTime.getAsLong());
  }

  /** One that waits. */
  final class Waiting {
    private final SdkHttpRequest signed;
    private final long since;

    private Waiting(SdkHttpRequest signed, long since) {
      this.signed = signed;
      this.since = since;
    }

    /** The request as it can be sent now. */
    CompletableFuture<SdkHttpRequest> signedNow() {
      Matcher scope = SCOPE.matcher(signed.firstMatchingHeader(Signature.AUTHORIZATION).orElse(""));
      return nanoTime.getAsLong() - since < GOOD_NANOS || !scope.find()
          ? CompletableFuture.completedFuture(signed)
          : credentials.get().thenApply(now -> again(now, scope.group(1)));
    }

    private SdkHttpRequest again(TemporaryCredentials now, String region) {
      String contentHash = signed.firstMatchingHeader(Signature.CONTENT_HASH).get();
      SdkHttpRequest.Builder request =
          signed.toBuilder()
              .removeHeader(Signature.AUTHORIZATION)
              .putHeader(Signature.SECURITY_TOKEN, now.sessionToken().trim());
      return new Signature(now.accessKeyId().trim(), now.secretAccessKey().trim(), region, SERVICE)
          .on(request, contentHash, clock.now());
    }
  }
}
