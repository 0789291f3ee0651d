package io.github.reelbeam.internal.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;
import software.amazon.awssdk.services.s3.s3express.S3ExpressAuthScheme;
import software.amazon.awssdk.services.s3.s3express.S3ExpressSessionCredentials;

/** {@link SigV4Signer} makes of any request what the SDK's own signer makes of it. */
class SameSignatureTest {
  private static final int REQUESTS = 2_000;
  private static final String ODD =
      "abcXYZ019-._~!*'();:@&=+$,/?#[]%<>\"{}|\\^` \t\u00e4\u20ac\u4e2d\u0000\u000b\f\n\r";
  private static final SdkHttpMethod[] METHODS = {
    SdkHttpMethod.GET, SdkHttpMethod.PUT, SdkHttpMethod.POST, SdkHttpMethod.DELETE
  };
  private static final String[] HEADERS = {
    "Content-Type",
    "content-length",
    "x-amz-meta-title",
    "X-Amz-Meta-Title2",
    "x-amz-acl",
    "Range",
    "RANGE-x",
    "Connection",
    "User-Agent",
    "expect",
    "X-Amzn-Trace-Id",
    "Transfer-Encoding",
    "x-forwarded-for",
    "amz-sdk-request",
    "Z",
    "a",
    "x-amz-checksum-crc32",
    "If-None-Match",
    "x_odd",
    "X-Amz-Date",
    "x-amz-content-sha256",
    "Authorization"
  };

  private final HttpSigner<AwsCredentialsIdentity> theirs = AwsV4HttpSigner.create();
  private Instant now = Instant.EPOCH;
  private final HttpSigner<AwsCredentialsIdentity> ours = new SigV4Signer<>(() -> now);

  @ParameterizedTest
  @ValueSource(longs = {1, 20130524, 4711})
  void signsTheSame(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < REQUESTS; i++) {
      AwsCredentialsIdentity identity = identity(random);
      SdkHttpFullRequest request = request(random);
      byte[] body = random.nextInt(3) == 0 ? null : text(random, 200).getBytes(UTF_8);
      boolean signsPayload = random.nextBoolean();
      now = Instant.ofEpochSecond(random.nextInt());
      Clock clock = Clock.fixed(now, ZoneOffset.UTC);

      SignRequest.Builder<AwsCredentialsIdentity> sign =
          SignRequest.builder(identity)
              .request(request)
              .payload(body == null ? null : ContentStreamProvider.fromByteArray(body))
              .putProperty(HttpSigner.SIGNING_CLOCK, clock)
              .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
              .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
              .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
              .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
              .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, signsPayload);
      assertSame(theirs.sign(sign.build()), ours.sign(sign.build()));

      // as for parts and whole objects: the SDK streams them, and signs no payload then
      boolean streams = random.nextBoolean() && !signsPayload;
      AsyncSignRequest.Builder<AwsCredentialsIdentity> signAsync =
          AsyncSignRequest.builder(identity)
              .request(request)
              .payload(body == null ? null : AsyncRequestBody.fromBytes(body))
              .putProperty(HttpSigner.SIGNING_CLOCK, clock)
              .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
              .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
              .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
              .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
              .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, signsPayload)
              .putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, streams);
      if (request.firstMatchingHeader("x-amz-checksum-crc32").isPresent()) {
        signAsync.putProperty(
            AwsV4FamilyHttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.CRC32);
      }
      assertSame(
          theirs.signAsync(signAsync.build()).join(), ours.signAsync(signAsync.build()).join());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2, 3})
  void signsTheSameForDirectoryBuckets(long seed) throws Exception {
    Random random = new Random(seed);
    HttpSigner<S3ExpressSessionCredentials> theirExpress = S3ExpressAuthScheme.create().signer();
    HttpSigner<S3ExpressSessionCredentials> ourExpress = new SigV4Signer<>(() -> now);
    for (int i = 0; i < REQUESTS / 10; i++) {
      SignRequest<S3ExpressSessionCredentials> sign =
          SignRequest.builder(S3ExpressSessionCredentials.create("id", "secret", "to/ken=="))
              .request(request(random))
              .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1")
              .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3express")
              .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
              .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
              .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC))
              .build();
      assertSame(theirExpress.sign(sign), ourExpress.sign(sign));
    }
  }

  private static void assertSame(SignedRequest expected, SignedRequest actual) throws Exception {
    assertSame(expected.request(), actual.request());
    assertThat(bytes(actual.payload())).isEqualTo(bytes(expected.payload()));
  }

  private static void assertSame(SdkHttpRequest expected, SdkHttpRequest actual) {
    assertThat(actual.headers()).isEqualTo(expected.headers());
    assertThat(actual.rawQueryParameters()).isEqualTo(expected.rawQueryParameters());
    assertThat(actual).hasToString(expected.toString());
  }

  private static String bytes(Optional<ContentStreamProvider> payload) throws Exception {
    return payload.isEmpty()
        ? "none"
        : new String(payload.get().newStream().readAllBytes(), ISO_8859_1);
  }

  private static void assertSame(AsyncSignedRequest expected, AsyncSignedRequest actual) {
    assertSame(expected.request(), actual.request());
    assertThat(published(actual.payload())).isEqualTo(published(expected.payload()));
  }

  private static String published(Optional<Publisher<ByteBuffer>> payload) {
    if (payload.isEmpty()) {
      return "none";
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    SdkPublisher.adapt(payload.get())
        .subscribe(slice -> bytes.writeBytes(UTF_8.decode(slice).toString().getBytes(UTF_8)))
        .join();
    return bytes.toString(UTF_8);
  }

  private static AwsCredentialsIdentity identity(Random random) {
    String id = " ASIA" + random.nextInt() + (random.nextBoolean() ? "\n" : "");
    String secret = text(random, 40) + "s ";
    return random.nextBoolean()
        ? AwsCredentialsIdentity.create(id, secret)
        : AwsSessionCredentialsIdentity.create(id, secret, "  " + text(random, 100) + "t\t");
  }

  private static SdkHttpFullRequest request(Random random) {
    SdkHttpFullRequest.Builder request =
        SdkHttpFullRequest.builder()
            .method(METHODS[random.nextInt(METHODS.length)])
            .protocol(random.nextBoolean() ? "http" : "https")
            .host(random.nextBoolean() ? "bucket.s3.eu-central-1.amazonaws.com" : "127.0.0.1")
            .encodedPath(random.nextInt(10) == 0 ? "" : "/" + text(random, 30));
    switch (random.nextInt(5)) {
      case 0 -> request.port(80);
      case 1 -> request.port(443);
      case 2 -> request.port(1 + random.nextInt(65535));
      default -> {}
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      request.putRawQueryParameter(text(random, 6), texts(random, 10));
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      request.putHeader(HEADERS[random.nextInt(HEADERS.length)], texts(random, 20));
    }
    if (random.nextInt(4) == 0) {
      request.putHeader(random.nextBoolean() ? "Host" : "hOST", "odd.example:8080");
    }
    return request.build();
  }

  /** Up to three, so that some are repeated; a parameter or header may be without a value. */
  private static List<String> texts(Random random, int longest) {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      texts.add(random.nextInt(8) == 0 ? null : text(random, longest));
    }
    return texts;
  }

  private static String text(Random random, int longest) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest + 1); i > 0; i--) {
      if (random.nextInt(20) == 0) {
        text.append(random.nextBoolean() ? "\ud83c\udfac" : "  ");
      } else {
        text.append(ODD.charAt(random.nextInt(ODD.length())));
      }
    }
    return text.toString();
  }
}
