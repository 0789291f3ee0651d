package io.github.reelbeam.backend;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToXml;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

class BucketSetupTest {
  private static final String CORS = "/videos?cors";
  private static final String LIFECYCLE = "/videos?lifecycle";
  private static final String OUR_CORS =
      "<CORSRule><ID>reelbeam-uploads</ID><AllowedHeader>*</AllowedHeader>"
          + "<AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod>"
          + "<AllowedMethod>PUT</AllowedMethod><AllowedMethod>POST</AllowedMethod>"
          + "<AllowedOrigin>https://app.example.com</AllowedOrigin>"
          + "<ExposeHeader>ETag</ExposeHeader><ExposeHeader>x-amz-checksum-crc32</ExposeHeader>"
          + "<ExposeHeader>x-amz-checksum-crc64nvme</ExposeHeader>"
          + "<ExposeHeader>x-amz-checksum-type</ExposeHeader>"
          + "<MaxAgeSeconds>3600</MaxAgeSeconds></CORSRule>";
  private static final String OUR_LIFECYCLE =
      "<Rule><ID>reelbeam-uploads</ID><Filter><Prefix>uploads/</Prefix></Filter>"
          + "<Status>Enabled</Status><AbortIncompleteMultipartUpload>"
          + "<DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>";
  private static final String OTHER_CORS =
      "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedOrigin>*</AllowedOrigin>"
          + "<ExposeHeader>ETag</ExposeHeader></CORSRule>";
  // one of each kind of setting, and the empty elements that are easily lost
  private static final String OTHER_LIFECYCLE =
      "<Rule><ID>all</ID><Filter/><Status>Enabled</Status>"
          + "<NoncurrentVersionExpiration><NoncurrentDays>9</NoncurrentDays>"
          + "<NewerNoncurrentVersions>2</NewerNoncurrentVersions></NoncurrentVersionExpiration>"
          + "<Transition><Days>30</Days><StorageClass>CLASS_OF_TOMORROW</StorageClass></Transition>"
          + "</Rule><Rule><ID>tags</ID><Filter><And><Prefix></Prefix><Tag><Key>k</Key>"
          + "<Value></Value></Tag><ObjectSizeGreaterThan>500</ObjectSizeGreaterThan></And></Filter>"
          + "<Status>Disabled</Status><Expiration>"
          + "<ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration></Rule>";

  @RegisterExtension
  static final WireMockExtension S3 =
      WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

  @BeforeEach
  void emptyBucket() {
    S3.stubFor(put(urlEqualTo(CORS)).willReturn(aResponse().withStatus(200)));
    S3.stubFor(put(urlEqualTo(LIFECYCLE)).willReturn(aResponse().withStatus(200)));
    S3.stubFor(refused(get(urlEqualTo(CORS)), 404, "NoSuchCORSConfiguration"));
    S3.stubFor(refused(get(urlEqualTo(LIFECYCLE)), 404, "NoSuchLifecycleConfiguration"));
  }

  @Test
  void anEmptyBucketGetsBothRules() {
    BucketChanges changes = setup().apply();
    assertThat(changes.changes()).hasSize(2);
    verifyWritten(CORS, cors(OUR_CORS));
    verifyWritten(LIFECYCLE, lifecycle(OUR_LIFECYCLE));
  }

  @Test
  void rulesOfOthersAreWrittenBackAsTheyWere() {
    holds(CORS, cors(OTHER_CORS));
    holds(LIFECYCLE, lifecycle(OTHER_LIFECYCLE));
    setup().apply();
    verifyWritten(CORS, cors(OTHER_CORS + OUR_CORS));
    verifyWritten(LIFECYCLE, lifecycle(OTHER_LIFECYCLE + OUR_LIFECYCLE));
  }

  @Test
  void theBucketsDefaultMinimumSizeForTransitionsIsKept() {
    S3.stubFor(
        get(urlEqualTo(LIFECYCLE))
            .willReturn(
                aResponse()
                    .withHeader(
                        "x-amz-transition-default-minimum-object-size", "varies_by_storage_class")
                    .withBody(lifecycle(OTHER_LIFECYCLE))));
    setup().apply();
    S3.verify(
        putRequestedFor(urlEqualTo(LIFECYCLE))
            .withHeader(
                "x-amz-transition-default-minimum-object-size",
                equalTo("varies_by_storage_class")));
  }

  @Test
  void nothingIsWrittenIfAllIsAsWanted() {
    holds(CORS, cors(OTHER_CORS + OUR_CORS));
    holds(LIFECYCLE, lifecycle(OUR_LIFECYCLE + OTHER_LIFECYCLE));
    assertThat(setup().apply().isEmpty()).isTrue();
    verifyNothingWritten();
  }

  @Test
  void aPlanWritesNothing() {
    assertThat(setup().plan().changes()).hasSize(2);
    verifyNothingWritten();
  }

  @Test
  void aPlanIsWhatIsDone() {
    holds(CORS, cors(OTHER_CORS.replace("ETag", "Date")));
    BucketChanges plan = setup().plan();
    assertThat(plan.warnings()).singleElement().asString().contains("comes first for GET");
    assertThat(setup().apply()).isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SDK default", "WHEN_REQUIRED", "LegacyMd5Plugin"})
  void everyClientSendsTheMd5ThatOlderStoresInsistOn(String client) {
    setup(
            builder ->
                switch (client) {
                  case "WHEN_REQUIRED" ->
                      builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED);
                  case "LegacyMd5Plugin" -> builder.addPlugin(LegacyMd5Plugin.create());
                  default -> builder;
                })
        .apply();
    for (String url : List.of(CORS, LIFECYCLE)) {
      S3.verify(
          1,
          putRequestedFor(urlEqualTo(url))
              .withHeader("Content-MD5", matching("[A-Za-z0-9+/]{22}==")));
    }
  }

  @Test
  void settingsThatWouldGetLostAreNotWrittenBack() {
    holds(
        LIFECYCLE,
        lifecycle(OTHER_LIFECYCLE.replace("<Filter/>", "<Filter/><DelMarkerExpiration/>")));
    assertThatThrownBy(() -> setup().apply())
        .isInstanceOf(BucketSetupException.class)
        .hasMessageContaining("lifecycle rules have settings that are not known here")
        .hasMessageContaining("DelMarkerExpiration")
        .hasMessageContaining("Nothing was changed");
    verifyNothingWritten();
  }

  @Test
  void settingsOfCorsThatWouldGetLostAreNotWrittenBackEither() {
    holds(CORS, cors(OUR_CORS.replace("<AllowedOrigin>", "<Strictness/><AllowedOrigin>x")));
    assertThatThrownBy(() -> setup().apply())
        .isInstanceOf(BucketSetupException.class)
        .hasMessageContaining("CORS rules have settings that are not known here")
        .hasMessageContaining("Strictness");
    verifyNothingWritten();
  }

  @Test
  void settingsThatAreNotKnownDoNoHarmIfNothingIsWritten() {
    holds(CORS, cors(OUR_CORS));
    holds(LIFECYCLE, lifecycle(OUR_LIFECYCLE + "<Rule><DelMarkerExpiration/></Rule>"));
    assertThat(setup().apply().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "404 | NoSuchBucket          | there is no bucket 'videos' at this store: create it",
        "403 | AccessDenied          | out of bounds (AccessDenied): the caller needs s3:Get",
        "403 | InvalidAccessKeyId    | the store does not accept the keys",
        "501 | NotImplemented        | and the rest can still be done",
        "405 | MethodNotAllowed      | and the rest can still be done",
        "400 | AuthorizationHeaderMalformed | in another region",
        "400 | InvalidBucketName     | refused the CORS configuration of bucket 'videos': Invalid",
      })
  void aRefusalSaysWhatToDo(int status, String code, String advice) {
    S3.stubFor(refused(any(anyUrl()), status, code));
    BucketSetupException failure = applyFails(setup());
    assertThat(failure).hasMessageContaining(advice).hasMessageEndingWith(" Nothing was changed.");
    assertThat(failure.isTransient()).isFalse();
    assertThat(failure.changed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"500, InternalError", "503, SlowDown", "429, Throttling"})
  void aStoreInTroubleMayDoItLater(int status, String code) {
    S3.stubFor(refused(any(anyUrl()), status, code));
    assertThat(applyFails(setup()).isTransient()).isTrue();
  }

  @Test
  void aStoreOutOfReachMayDoItLater() {
    S3.stubFor(any(anyUrl()).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    BucketSetupException failure = applyFails(setup());
    assertThat(failure).hasMessageStartingWith("the store is out of reach");
    assertThat(failure.isTransient()).isTrue();
  }

  @Test
  void aHalfThatIsRefusedInTheMiddleIsToldFromTheOneThatWasDone() {
    S3.stubFor(refused(put(urlEqualTo(LIFECYCLE)), 403, "AccessDenied"));
    BucketSetupException failure = applyFails(setup());
    assertThat(failure)
        .hasMessageContaining("the lifecycle configuration of bucket 'videos' is out of bounds")
        .hasMessageContaining("needs s3:PutLifecycleConfiguration")
        .hasMessageContaining("This was changed before: CORS: add rule 'reelbeam-uploads'")
        .hasMessageEndingWith(". Nothing else was.");
    assertThat(failure.changed()).singleElement().asString().startsWith("CORS: add");
    S3.verify(1, putRequestedFor(urlEqualTo(CORS)));
  }

  @Test
  void aWriteWithoutAnAnswerIsNotSaidToHaveFailed() {
    S3.stubFor(
        put(urlEqualTo(CORS)).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    assertThat(applyFails(setup()))
        .hasMessageEndingWith("Nothing was changed, except perhaps the CORS rule.");
  }

  @Test
  void nothingIsWrittenBeforeBothHalvesAreRead() {
    S3.stubFor(refused(get(urlEqualTo(LIFECYCLE)), 501, "NotImplemented"));
    assertThat(applyFails(setup()))
        .hasMessageContaining("this store has no lifecycle configuration")
        .hasMessageEndingWith("Nothing was changed.");
    verifyNothingWritten();
  }

  @Test
  void aStoreWithoutLifecycleStillGetsCors() {
    S3.stubFor(refused(any(urlEqualTo(LIFECYCLE)), 501, "NotImplemented"));
    BucketSetup setup =
        builder(client(b -> b)).allowedOrigins("https://h").withoutLifecycle().build();
    assertThat(setup.apply().changes()).singleElement().asString().startsWith("CORS: add");
  }

  @Test
  void aStoreWithoutCorsStillGetsLifecycle() {
    S3.stubFor(refused(any(urlEqualTo(CORS)), 501, "NotImplemented"));
    BucketSetup setup = builder(client(b -> b)).withoutCors().build();
    assertThat(setup.apply().changes()).singleElement().asString().startsWith("lifecycle: add");
  }

  @Test
  void corsNeedsOrigins() {
    assertThatThrownBy(() -> builder(client(b -> b)).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("origins");
  }

  @Test
  void somethingHasToBeLeftToSetUp() {
    assertThatThrownBy(() -> builder(client(b -> b)).withoutCors().withoutLifecycle().build())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void everyOriginGoesAlone() {
    assertThatThrownBy(() -> builder(client(b -> b)).allowedOrigins("*", "https://h"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("alone");
  }

  @Test
  void severalOriginsMayBeAllowed() {
    List<String> changes =
        builder(client(b -> b)).allowedOrigins("https://a", "https://b").build().plan().changes();
    assertThat(changes.get(0)).contains("from https://a, https://b");
  }

  @Test
  void theRulesAreKnownByTheIdThatIsWanted() {
    List<String> changes =
        builder(client(b -> b)).withoutCors().ruleId("ours-2").build().plan().changes();
    assertThat(changes).singleElement().asString().startsWith("lifecycle: add rule 'ours-2'");
  }

  @Test
  void everyOriginMayBeAllowed() {
    assertThat(builder(client(b -> b)).allowedOrigins("*").build()).isNotNull();
  }

  @Test
  void aBucketHasAName() {
    assertThatThrownBy(() -> BucketSetup.builder(client(b -> b), " "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void boundsThePrefix() {
    BucketSetup.Builder builder = builder(client(b -> b));
    assertThat(builder.prefix("ü".repeat(512))).isSameAs(builder);
    assertThatThrownBy(() -> builder.prefix("ü".repeat(512) + "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 7, Integer.MAX_VALUE})
  void takesWholeDays(long days) {
    BucketSetup.Builder builder = builder(client(b -> b));
    assertThat(builder.abortUnfinishedAfter(Duration.ofDays(days))).isSameAs(builder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT1S", "PT24H"})
  void takesWholeSecondsUpToADay(Duration maxAge) {
    BucketSetup.Builder builder = builder(client(b -> b));
    assertThat(builder.preflightMaxAge(maxAge)).isSameAs(builder);
  }

  @Test
  void whatIsToBeChangedIsNotNothing() {
    assertThat(setup().plan().isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT23H", "PT36H", "PT-24H", "P2147483648D"})
  void unfinishedUploadsAreAbortedAfterWholeDays(Duration abortAfter) {
    assertThatThrownBy(() -> builder(client(b -> b)).abortUnfinishedAfter(abortAfter))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT0.5S", "PT24H1S", "PT48H"})
  void preflightsHoldForSecondsUpToADay(Duration maxAge) {
    assertThatThrownBy(() -> builder(client(b -> b)).preflightMaxAge(maxAge))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "ü"})
  void refusesIdsThatAreNone(String id) {
    assertThatThrownBy(() -> builder(client(b -> b)).ruleId(id))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static BucketSetupException applyFails(BucketSetup setup) {
    return catchThrowableOfType(BucketSetupException.class, setup::apply);
  }

  private static BucketSetup setup() {
    return setup(builder -> builder);
  }

  private static BucketSetup setup(UnaryOperator<S3ClientBuilder> client) {
    return builder(client(client))
        .allowedOrigins("https://app.example.com")
        .prefix("uploads/")
        .build();
  }

  private static BucketSetup.Builder builder(S3Client s3) {
    return BucketSetup.builder(s3, "videos");
  }

  private static S3Client client(UnaryOperator<S3ClientBuilder> more) {
    return more.apply(
            S3Client.builder()
                .endpointOverride(URI.create(S3.baseUrl()))
                .region(Region.EU_CENTRAL_1)
                .forcePathStyle(true)
                .overrideConfiguration(
                    c -> c.retryStrategy((RetryStrategy.Builder<?, ?> b) -> b.maxAttempts(1)))
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret"))))
        .build();
  }

  private static void holds(String url, String xml) {
    S3.stubFor(get(urlEqualTo(url)).willReturn(aResponse().withBody(xml)));
  }

  private static MappingBuilder refused(MappingBuilder request, int status, String code) {
    return request.willReturn(
        aResponse()
            .withStatus(status)
            .withBody("<Error><Code>%s</Code><Message>No.</Message></Error>".formatted(code)));
  }

  private static void verifyWritten(String url, String xml) {
    S3.verify(1, putRequestedFor(urlEqualTo(url)).withRequestBody(equalToXml(xml)));
  }

  private static void verifyNothingWritten() {
    S3.verify(0, putRequestedFor(anyUrl()));
  }

  private static String cors(String rules) {
    return "<CORSConfiguration xmlns='http://s3.amazonaws.com/doc/2006-03-01/'>%s</CORSConfiguration>"
        .formatted(rules);
  }

  private static String lifecycle(String rules) {
    return "<LifecycleConfiguration xmlns='http://s3.amazonaws.com/doc/2006-03-01/'>%s</LifecycleConfiguration>"
        .formatted(rules);
  }
}
