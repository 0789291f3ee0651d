package io.github.reelbeam.internal.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AUTH_LOCATION;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.CHECKSUM_ALGORITHM;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.EXPIRATION_DURATION;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.NORMALIZE_PATH;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME;
import static software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner.REGION_NAME;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.BaseSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.services.s3.s3express.S3ExpressSessionCredentials;

/**
 * Signs requests to S3 by Signature Version 4, in headers, as the SDK's own signer does, which logs
 * at DEBUG what it signs: the session token is in it. This one logs nothing.
 *
 * <p>It does what uploads need and refuses the rest (presigned URLs, aws-chunked bodies, checksums
 * still to be computed): to hand that on to the SDK's signer would be to log the token.
 *
 * @param <T> the kind of credentials
 */
final class SigV4Signer<T extends AwsCredentialsIdentity> implements HttpSigner<T> {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Supplier<Instant> now;

  /**
   * @param now the store's time; the SDK has a clock of its own, which it sets right only once the
   *     store has found it wrong, for each client anew
   */
  SigV4Signer(Supplier<Instant> now) {
    this.now = now;
  }

  @Override
  public SignedRequest sign(SignRequest<? extends T> request) {
    refuseWhatIsNotKnown(request);
    ContentStreamProvider payload = request.payload().orElse(null);
    boolean signsPayload = signsPayload(request);
    refuse(signsPayload && isChunkable(request), "an aws-chunked body");
    String hash = signsPayload ? sha256(bytes(payload)) : UNSIGNED_PAYLOAD;
    return SignedRequest.builder().request(signed(request, hash)).payload(payload).build();
  }

  @Override
  public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends T> request) {
    refuseWhatIsNotKnown(request);
    Publisher<ByteBuffer> payload = request.payload().orElse(null);
    // what may be chunked is a part or an object: too long to be read twice
    boolean signsPayload = signsPayload(request) && (isEncrypted(request) || !isChunkable(request));
    if (!signsPayload) {
      return CompletableFuture.completedFuture(signed(request, UNSIGNED_PAYLOAD, payload));
    }
    refuse(isChunkable(request), "an aws-chunked body");
    return bytes(payload)
        .thenApply(
            bytes ->
                signed(
                    request,
                    sha256(bytes),
                    payload == null ? null : AsyncRequestBody.fromBytes(bytes)));
  }

  private static void refuseWhatIsNotKnown(BaseSignRequest<?, ?> request) {
    refuse(
        request.requireProperty(AUTH_LOCATION, AuthLocation.HEADER) != AuthLocation.HEADER
            || request.hasProperty(EXPIRATION_DURATION),
        "a presigned URL");
    refuse(
        request.requireProperty(DOUBLE_URL_ENCODE, true)
            || request.requireProperty(NORMALIZE_PATH, true),
        "a path other than S3's");
    var checksum = request.property(CHECKSUM_ALGORITHM);
    boolean isChecksumMissing =
        checksum != null
            && request
                .request()
                .firstMatchingHeader(
                    "x-amz-checksum-" + checksum.algorithmId().toLowerCase(Locale.ROOT))
                .isEmpty();
    refuse(
        isChecksumMissing || request.request().firstMatchingHeader("x-amz-trailer").isPresent(),
        "a checksum still to be computed");
  }

  private static void refuse(boolean isAsked, String what) {
    if (isAsked) {
      throw new UnsupportedOperationException("not made for " + what);
    }
  }

  private static boolean isEncrypted(BaseSignRequest<?, ?> request) {
    return request.request().protocol().equals("https");
  }

  private static boolean isChunkable(BaseSignRequest<?, ?> request) {
    return request.requireProperty(CHUNK_ENCODING_ENABLED, false);
  }

  /** Without encryption on the way, the body is guarded by the signature. */
  private static boolean signsPayload(BaseSignRequest<?, ?> request) {
    return (!isEncrypted(request) && request.payload().isPresent())
        || request.requireProperty(PAYLOAD_SIGNING_ENABLED, true);
  }

  private AsyncSignedRequest signed(
      AsyncSignRequest<? extends T> request,
      String contentHash,
      @Nullable Publisher<ByteBuffer> payload) {
    return AsyncSignedRequest.builder()
        .request(signed(request, contentHash))
        .payload(payload)
        .build();
  }

  private SdkHttpRequest signed(BaseSignRequest<?, ? extends T> request, String contentHash) {
    T identity = request.identity();
    String time = TIME.format(now.get());
    String date = time.substring(0, 8);
    String region = request.requireProperty(REGION_NAME);
    String service = request.requireProperty(SERVICE_SIGNING_NAME);
    String scope = date + "/" + region + "/" + service + "/aws4_request";

    SdkHttpRequest.Builder signed = request.request().toBuilder();
    signed.putHeader("x-amz-content-sha256", contentHash);
    if (identity instanceof AwsSessionCredentialsIdentity session) {
      signed.putHeader("X-Amz-Security-Token", session.sessionToken().trim());
    } else if (identity instanceof S3ExpressSessionCredentials express) {
      signed.putHeader("x-amz-s3session-token", express.sessionToken());
    }
    if (signed.firstMatchingHeader("Host").isEmpty()) {
      signed.putHeader("Host", host(request.request()));
    }
    signed.putHeader("X-Amz-Date", time);

    CanonicalRequest canonical = CanonicalRequest.of(signed.build(), contentHash);
    byte[] key = ("AWS4" + identity.secretAccessKey().trim()).getBytes(UTF_8);
    for (String step : new String[] {date, region, service, "aws4_request"}) {
      key = hmac(key, step);
    }
    String toSign = String.join("\n", ALGORITHM, time, scope, sha256(canonical.text()));
    return signed
        .putHeader(
            "Authorization",
            "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
                .formatted(
                    ALGORITHM,
                    identity.accessKeyId().trim(),
                    scope,
                    canonical.signedHeaders(),
                    hex(hmac(key, toSign))))
        .build();
  }

  private static String host(SdkHttpRequest request) {
    int standard = request.protocol().equals("https") ? 443 : 80;
    return request.port() == standard ? request.host() : request.host() + ":" + request.port();
  }

  private static byte[] bytes(@Nullable ContentStreamProvider payload) {
    if (payload == null) {
      return new byte[0];
    }
    try (InputStream stream = payload.newStream()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompletableFuture<byte[]> bytes(@Nullable Publisher<ByteBuffer> payload) {
    if (payload == null) {
      return CompletableFuture.completedFuture(new byte[0]);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return SdkPublisher.adapt(payload)
        .subscribe(
            slice -> {
              byte[] copy = new byte[slice.remaining()];
              slice.duplicate().get(copy);
              bytes.writeBytes(copy);
            })
        .thenApply(done -> bytes.toByteArray());
  }

  private static String sha256(String text) {
    return sha256(text.getBytes(UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return hex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** By hand: Android has HexFormat from 14 on only. */
  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder(2 * bytes.length);
    for (byte b : bytes) {
      hex.append(Character.forDigit((b >> 4) & 15, 16)).append(Character.forDigit(b & 15, 16));
    }
    return hex.toString();
  }
}
