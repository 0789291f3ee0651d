package io.github.reelbeam.internal.transfer;

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
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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
import software.amazon.awssdk.utils.IoUtils;

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
  private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

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
    String hash = signsPayload ? Signature.sha256(bytes(payload)) : UNSIGNED_PAYLOAD;
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
                    Signature.sha256(bytes),
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
            && !request
                .request()
                .firstMatchingHeader(
                    "x-amz-checksum-" + checksum.algorithmId().toLowerCase(Locale.ROOT))
                .isPresent();
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
    SdkHttpRequest.Builder signed = request.request().toBuilder();
    signed.putHeader(Signature.CONTENT_HASH, contentHash);
    if (identity instanceof AwsSessionCredentialsIdentity session) {
      signed.putHeader(Signature.SECURITY_TOKEN, session.sessionToken().trim());
    } else if (identity instanceof S3ExpressSessionCredentials express) {
      signed.putHeader("x-amz-s3session-token", express.sessionToken());
    }
    if (!signed.firstMatchingHeader("Host").isPresent()) {
      signed.putHeader("Host", host(request.request()));
    }
    Signature signature =
        new Signature(
            identity.accessKeyId().trim(),
            identity.secretAccessKey().trim(),
            request.requireProperty(REGION_NAME),
            request.requireProperty(SERVICE_SIGNING_NAME));
    return signature.on(signed, contentHash, now.get());
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
      return IoUtils.toByteArray(stream);
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
              bytes.write(copy, 0, copy.length);
            })
        .thenApply(done -> bytes.toByteArray());
  }
}
