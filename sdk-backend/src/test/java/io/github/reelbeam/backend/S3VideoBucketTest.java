package io.github.reelbeam.backend;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.head;
import static com.github.tomakehurst.wiremock.client.WireMock.headRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class S3VideoBucketTest {
  private static final String KEY = "uploads/1.mp4";
  private static final String OBJECT = "/videos/" + KEY;

  @RegisterExtension
  static final WireMockExtension SERVER =
      WireMockExtension.newInstance()
          .options(options().bindAddress("127.0.0.1").dynamicPort())
          .build();

  private S3Client s3;
  private S3VideoBucket bucket;

  @BeforeEach
  void connect() {
    s3 = client(SERVER.baseUrl());
    bucket = S3VideoBucket.of(s3, "videos");
    SERVER.stubFor(head(urlPathEqualTo("/videos")).willReturn(aResponse()));
  }

  private static S3Client client(String endpoint) {
    return S3Client.builder()
        .endpointOverride(URI.create(endpoint))
        .region(Region.EU_CENTRAL_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AK", "SK")))
        .overrideConfiguration(
            c ->
                c.retryStrategy(AwsRetryStrategy.doNotRetry())
                    .apiCallTimeout(Duration.ofSeconds(1)))
        .build();
  }

  @AfterEach
  void disconnect() {
    s3.close();
  }

  private static ResponseDefinitionBuilder found() {
    return aResponse().withHeader("Content-Length", "1234").withHeader("Content-Type", "video/mp4");
  }

  private static void headAnswers(ResponseDefinitionBuilder answer) {
    SERVER.stubFor(head(urlPathEqualTo(OBJECT)).willReturn(answer));
  }

  private StoredObject find() {
    return bucket.find(KEY).orElseThrow();
  }

  private VerificationFailedException failure() {
    return catchThrowableOfType(VerificationFailedException.class, () -> bucket.find(KEY));
  }

  @Test
  void tellsWhatTheStoreTells() {
    headAnswers(
        found()
            .withHeader("ETag", "\"abc-2\"")
            .withHeader("x-amz-checksum-crc32", "AAAAAA==")
            .withHeader("x-amz-checksum-type", "FULL_OBJECT"));
    assertThat(find())
        .isEqualTo(
            new StoredObject(
                KEY,
                1234,
                "video/mp4",
                "\"abc-2\"",
                new AssetChecksum("CRC32", "FULL_OBJECT", "AAAAAA==")));
    SERVER.verify(
        headRequestedFor(urlPathEqualTo(OBJECT))
            .withHeader("x-amz-checksum-mode", equalTo("ENABLED")));
  }

  @Test
  void makesDoWithLess() {
    headAnswers(aResponse().withHeader("Content-Length", "5"));
    assertThat(find()).isEqualTo(new StoredObject(KEY, 5, null, null, null));
  }

  @ParameterizedTest
  @EnumSource(StoredChecksum.class)
  void knowsAllOfS3sChecksums(StoredChecksum algorithm) {
    headAnswers(
        found()
            .withHeader("x-amz-checksum-" + algorithm.name().toLowerCase(Locale.ROOT), "v=")
            .withHeader("x-amz-checksum-type", "COMPOSITE"));
    assertThat(find().checksum()).isEqualTo(new AssetChecksum(algorithm.name(), "COMPOSITE", "v="));
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    headAnswers(aResponse().withStatus(404));
    assertThat(bucket.find(KEY)).isEmpty();
  }

  @Test
  void aMissingBucketIsNotAMissingObject() {
    headAnswers(aResponse().withStatus(404));
    SERVER.stubFor(head(urlPathEqualTo("/videos")).willReturn(aResponse().withStatus(404)));
    VerificationFailedException failure = failure();
    assertThat(failure.isTransient()).isFalse();
    assertThat(failure).hasMessageContaining("knows no bucket videos");
  }

  @Test
  void aBucketThatMayNotBeAskedForDoesNotMatter() {
    headAnswers(aResponse().withStatus(404));
    SERVER.stubFor(head(urlPathEqualTo("/videos")).willReturn(aResponse().withStatus(403)));
    assertThat(bucket.find(KEY)).isEmpty();
  }

  @Test
  void aBucketThatCannotBeAskedForAtTheMomentDoes() {
    headAnswers(aResponse().withStatus(404));
    SERVER.stubFor(head(urlPathEqualTo("/videos")).willReturn(aResponse().withStatus(503)));
    assertThat(failure().isTransient()).isTrue();
  }

  @Test
  void aMissingRightIsNotAMissingObject() {
    headAnswers(aResponse().withStatus(403));
    VerificationFailedException failure = failure();
    assertThat(failure.isTransient()).isFalse();
    assertThat(failure)
        .hasMessageContaining("videos/" + KEY)
        .hasMessageContaining("s3:GetObject")
        .hasMessageContaining("s3:ListBucket");
  }

  @ParameterizedTest
  @CsvSource({
    "500, true",
    "502, true",
    "503, true",
    "429, true",
    "408, true",
    "400, false",
    "301, false",
  })
  void tellsWhatPassesFromWhatStays(int status, boolean passes) {
    headAnswers(aResponse().withStatus(status));
    assertThat(failure().isTransient()).isEqualTo(passes);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
  void aBrokenConnectionPasses(Fault fault) {
    headAnswers(aResponse().withFault(fault));
    assertThat(failure().isTransient()).isTrue();
  }

  @Test
  void aStoreThatHangsPasses() {
    headAnswers(found().withFixedDelay(5_000));
    assertThat(failure().isTransient()).isTrue();
  }

  @Test
  void aClosedPortPasses() {
    try (S3Client nowhere = client("http://127.0.0.1:1")) {
      VerificationFailedException failure =
          catchThrowableOfType(
              VerificationFailedException.class,
              () -> S3VideoBucket.of(nowhere, "videos").find(KEY));
      assertThat(failure.isTransient()).isTrue();
    }
  }

  private static String listing(boolean more, String... keysAndIds) {
    StringBuilder uploads = new StringBuilder();
    for (int i = 0; i < keysAndIds.length; i += 2) {
      uploads
          .append("<Upload><Key>")
          .append(keysAndIds[i])
          .append("</Key><UploadId>")
          .append(keysAndIds[i + 1])
          .append("</UploadId></Upload>");
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListMultipartUploadsResult>"
        + "<Bucket>videos</Bucket><IsTruncated>"
        + more
        + "</IsTruncated><NextKeyMarker>marker</NextKeyMarker>"
        + "<NextUploadIdMarker>after</NextUploadIdMarker>"
        + uploads
        + "</ListMultipartUploadsResult>";
  }

  private static void listsInTwoPages() {
    SERVER.stubFor(
        get(urlPathEqualTo("/videos"))
            .withQueryParam("prefix", equalTo(KEY))
            .willReturn(
                aResponse().withBody(listing(true, KEY, "one", KEY + ".part", "not-ours"))));
    SERVER.stubFor(
        get(urlPathEqualTo("/videos"))
            .withQueryParam("prefix", equalTo(KEY))
            .withQueryParam("key-marker", equalTo("marker"))
            .withQueryParam("upload-id-marker", equalTo("after"))
            .willReturn(aResponse().withBody(listing(false, KEY, "two"))));
  }

  @Test
  void abortsWhatIsOpenUnderTheKeyOnAllPagesAndNothingElse() {
    listsInTwoPages();
    SERVER.stubFor(delete(urlPathEqualTo(OBJECT)).willReturn(aResponse().withStatus(204)));
    assertThat(bucket.abortOpenUploads(KEY)).isEqualTo(2);
    SERVER.verify(2, deleteRequestedFor(anyUrl()));
    for (String id : new String[] {"one", "two"}) {
      SERVER.verify(
          deleteRequestedFor(urlPathEqualTo(OBJECT)).withQueryParam("uploadId", equalTo(id)));
    }
  }

  @Test
  void doesNotCountWhatSomebodyElseHasAborted() {
    listsInTwoPages();
    SERVER.stubFor(
        delete(urlPathEqualTo(OBJECT))
            .withQueryParam("uploadId", equalTo("one"))
            .willReturn(
                aResponse().withStatus(404).withBody("<Error><Code>NoSuchUpload</Code></Error>")));
    SERVER.stubFor(
        delete(urlPathEqualTo(OBJECT))
            .withQueryParam("uploadId", equalTo("two"))
            .willReturn(aResponse().withStatus(204)));
    assertThat(bucket.abortOpenUploads(KEY)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"uploads/ä ö.mp4", "uploads/a+b&c.mp4"})
  void abortsUnderKeysThatNeedEscaping(String key) {
    SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(204)));
    SERVER.stubFor(
        get(urlPathEqualTo("/videos"))
            .withQueryParam("prefix", equalTo(key))
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/xml; charset=utf-8")
                    .withBody(listing(false, key.replace("&", "&amp;"), "one"))));
    assertThat(bucket.abortOpenUploads(key)).isEqualTo(1);
  }
}
