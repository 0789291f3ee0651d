package io.github.reelbeam.internal.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.internal.http.CapturedLog;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.checksums.DefaultChecksumAlgorithm;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.BaseSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class SigV4SignerTest {
  private static final String TOKEN = "a-session-token-that-nobody-may-see";
  private static final AwsCredentialsIdentity DOCUMENTED =
      AwsCredentialsIdentity.create(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  private static final Instant DOCUMENTED_TIME = Instant.parse("2013-05-24T00:00:00Z");

  private final SigV4Signer<AwsCredentialsIdentity> signer =
      new SigV4Signer<>(() -> DOCUMENTED_TIME);

  /**
   * The examples in "Authenticating Requests: Using the Authorization Header" of the Amazon S3 API
   * reference.
   */
  static Stream<Arguments> documented() {
    return Stream.of(
        Arguments.of(
            "GET",
            "/test.txt",
            Map.of("Range", "bytes=0-9"),
            "",
            "host;range;x-amz-content-sha256;x-amz-date",
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        Arguments.of(
            "PUT",
            "/test%24file.text",
            Map.of(
                "Date",
                "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY"),
            "Welcome to Amazon S3.",
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        Arguments.of(
            "GET",
            "/?lifecycle",
            Map.of(),
            "",
            "host;x-amz-content-sha256;x-amz-date",
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        Arguments.of(
            "GET",
            "/?max-keys=2&prefix=J",
            Map.of(),
            "",
            "host;x-amz-content-sha256;x-amz-date",
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("documented")
  void signsAsTheDocumentationDoes(
      String method,
      String target,
      Map<String, String> headers,
      String body,
      String signedHeaders,
      String signature) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create("https://examplebucket.s3.amazonaws.com" + target));
    headers.forEach(request::putHeader);
    SignedRequest signed =
        signer.sign(
            sign ->
                s3("us-east-1", sign.identity(DOCUMENTED))
                    .request(request.build())
                    .payload(ContentStreamProvider.fromUtf8String(body))
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, true));
    assertThat(signed.request().firstMatchingHeader("Authorization"))
        .hasValue(
            "AWS4-HMAC-SHA256"
                + " Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders="
                + signedHeaders
                + ", Signature="
                + signature);
  }

  private static <B extends BaseSignRequest.Builder<B, ?, ?>> B s3(String region, B sign) {
    return sign.putProperty(AwsV4HttpSigner.REGION_NAME, region)
        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
        .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
        .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false);
  }

  @Test
  void signsByTheTimeItIsGivenAndNotByTheSdksClock() {
    Instant earlier = DOCUMENTED_TIME.minus(Duration.ofMinutes(17));
    SignedRequest signed =
        new SigV4Signer<AwsCredentialsIdentity>(() -> earlier)
            .sign(
                sign ->
                    s3("us-east-1", sign.identity(DOCUMENTED))
                        .putProperty(HttpSigner.SIGNING_CLOCK, Clock.systemUTC())
                        .request(request()));
    assertThat(signed.request().firstMatchingHeader("X-Amz-Date")).hasValue("20130523T234300Z");
    assertThat(signed.request().firstMatchingHeader("Authorization"))
        .hasValueSatisfying(value -> assertThat(value).contains("/20130523/us-east-1/s3/"));
  }

  private static SdkHttpRequest request() {
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.PUT)
        .uri(URI.create("https://examplebucket.s3.amazonaws.com/holiday.mp4?partNumber=1"))
        .build();
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        refusal(
            "a presigned URL",
            sign ->
                sign.putProperty(
                    AwsV4FamilyHttpSigner.AUTH_LOCATION,
                    AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)),
        refusal(
            "a presigned URL",
            sign ->
                sign.putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, Duration.ofHours(1))),
        refusal(
            "a path other than S3's",
            sign -> sign.putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, true)),
        refusal(
            "a path other than S3's",
            sign -> sign.putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, true)),
        refusal(
            "a checksum still to be computed",
            sign ->
                sign.putProperty(
                    AwsV4FamilyHttpSigner.CHECKSUM_ALGORITHM, DefaultChecksumAlgorithm.CRC32)),
        refusal(
            "a checksum still to be computed",
            sign ->
                sign.request(
                    request().toBuilder()
                        .putHeader("x-amz-trailer", "x-amz-checksum-crc32")
                        .build())),
        refusal(
            "an aws-chunked body",
            sign -> {
              sign.putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, true);
              sign.putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, true);
            }));
  }

  private static Arguments refusal(
      String what, Consumer<BaseSignRequest.Builder<?, ?, ?>> setting) {
    return Arguments.of(what, setting);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesWhatItIsNotMadeFor(String what, Consumer<BaseSignRequest.Builder<?, ?, ?>> setting) {
    assertThatThrownBy(
            () ->
                signer.sign(
                    sign -> {
                      s3("us-east-1", sign.identity(DOCUMENTED)).request(request());
                      setting.accept(sign);
                    }))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(what);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void refusesItWithABodyThatComesLaterToo(
      String what, Consumer<BaseSignRequest.Builder<?, ?, ?>> setting) {
    AsyncSignRequest.Builder<AwsCredentialsIdentity> sign = AsyncSignRequest.builder(DOCUMENTED);
    s3("us-east-1", sign).request(request());
    setting.accept(sign);
    assertThatThrownBy(() -> signer.signAsync(sign.build()))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(what);
  }

  @Test
  void aBodyThatIsNotSignedMayBeChunkable() {
    SignedRequest signed =
        signer.sign(
            sign ->
                s3("us-east-1", sign.identity(DOCUMENTED))
                    .request(request())
                    .putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, true)
                    .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false));
    assertThat(signed.request().firstMatchingHeader("x-amz-content-sha256"))
        .hasValue("UNSIGNED-PAYLOAD");
  }

  @Test
  void anEmptyPathIsSignedAsTheRoot() {
    SdkHttpRequest request = request().toBuilder().encodedPath("").build();
    assertThat(CanonicalRequest.of(request, "hash").text()).startsWith("PUT\n/\n");
  }

  @Test
  void aParameterWithoutNameOrValuesIsNotSigned() {
    SdkHttpRequest request =
        request().toBuilder()
            .putRawQueryParameter("", "nameless")
            .putRawQueryParameter("empty", List.of())
            .build();
    assertThat(CanonicalRequest.of(request, "hash").text())
        .startsWith("PUT\n/holiday.mp4\npartNumber=1\n");
  }

  @Test
  void showsNoTextThatWasSigned() {
    SdkHttpRequest request = request().toBuilder().putHeader("x-amz-security-token", TOKEN).build();
    assertThat(CanonicalRequest.of(request, "hash"))
        .hasToString("CanonicalRequest[x-amz-security-token]");
  }

  @Test
  void logsNothing() throws Exception {
    assertThat(logOf(signer)).isEmpty();
  }

  /** Why there is a signer of our own. Once this fails, the SDK's may serve again. */
  @Test
  void theSdksOwnSignerLogsTheToken() throws Exception {
    assertThat(logOf(AwsV4HttpSigner.create())).contains("x-amz-security-token:" + TOKEN);
  }

  private static String logOf(HttpSigner<AwsCredentialsIdentity> signer) throws Exception {
    String sdk = "software.amazon.awssdk.http.auth.aws.internal.signer.";
    try (CapturedLog log =
        new CapturedLog(
            sdk + "DefaultV4RequestSigner",
            sdk + "DefaultAwsV4HttpSigner",
            sdk + "util.SignerUtils",
            sdk + "util.ChecksumUtil",
            SigV4Signer.class.getName(),
            CanonicalRequest.class.getName())) {
      AwsCredentialsIdentity session =
          AwsSessionCredentialsIdentity.create("ASIAEXAMPLE", "secret", TOKEN);
      for (String protocol : List.of("http", "https")) {
        SdkHttpRequest request = request().toBuilder().protocol(protocol).port(9000).build();
        var unused = signer.sign(sign -> s3("r", sign.identity(session)).request(request));
        signer
            .signAsync(
                AsyncSignRequest.builder(session)
                    .request(request)
                    .payload(AsyncRequestBody.fromBytes("<Complete/>".getBytes(UTF_8)))
                    .putProperty(AwsV4HttpSigner.REGION_NAME, "r")
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                    .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                    .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false)
                    .build())
            .join();
      }
      return log.text();
    }
  }
}
