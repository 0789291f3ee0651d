package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.backend.BucketChanges;
import io.github.reelbeam.backend.BucketSetup;
import io.github.reelbeam.backend.BucketSetupException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A bucket of a real store is set up. */
@Tag("real-store")
class BucketSetupIT {
  private static final CORSRule EARLIER_CORS =
      CORSRule.builder()
          .id("cdn")
          .allowedMethods("GET")
          .allowedOrigins("https://cdn.example.com")
          .maxAgeSeconds(60)
          .build();
  private static final LifecycleRule EARLIER_LIFECYCLE =
      LifecycleRule.builder()
          .id("logs")
          .status(ExpirationStatus.DISABLED)
          .filter(f -> f.prefix("logs/"))
          .expiration(e -> e.days(30))
          .noncurrentVersionExpiration(e -> e.noncurrentDays(3))
          .build();

  private final RealStore store = RealStore.fromEnvironment();
  private final S3Client s3 = store.s3();
  private final String bucket = RealStore.newBucketName();

  @BeforeEach
  void createBucket() {
    s3.createBucket(b -> b.bucket(bucket));
  }

  @AfterEach
  void deleteBucket() {
    s3.deleteBucket(b -> b.bucket(bucket));
    s3.close();
  }

  private BucketSetup setup(S3Client client) {
    return BucketSetup.builder(client, bucket)
        .allowedOrigins("https://app.example.com")
        .prefix("uploads/")
        .build();
  }

  private List<CORSRule> cors() {
    return s3.getBucketCors(b -> b.bucket(bucket)).corsRules();
  }

  private List<LifecycleRule> lifecycle() {
    return s3.getBucketLifecycleConfiguration(b -> b.bucket(bucket)).rules();
  }

  private void earlierRules() {
    s3.putBucketCors(b -> b.bucket(bucket).corsConfiguration(c -> c.corsRules(EARLIER_CORS)));
    s3.putBucketLifecycleConfiguration(
        b ->
            b.bucket(bucket)
                .lifecycleConfiguration(c -> c.rules(EARLIER_LIFECYCLE))
                .overrideConfiguration(o -> o.addPlugin(LegacyMd5Plugin.create())));
  }

  @Test
  void corsAndLifecycleAreThere() {
    assertThat(setup(s3).apply().changes()).hasSize(2);
    assertThat(cors())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.id()).isEqualTo("reelbeam-uploads");
              assertThat(rule.allowedOrigins()).containsExactly("https://app.example.com");
              assertThat(rule.allowedMethods())
                  .containsExactlyInAnyOrder("GET", "HEAD", "PUT", "POST");
              assertThat(rule.exposeHeaders()).contains("ETag");
            });
    assertThat(lifecycle())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.status()).isEqualTo(ExpirationStatus.ENABLED);
              assertThat(rule.filter().prefix()).isEqualTo("uploads/");
              assertThat(rule.abortIncompleteMultipartUpload().daysAfterInitiation()).isEqualTo(7);
            });
  }

  @Test
  void earlierRulesAreKept() {
    earlierRules();
    CORSRule corsBefore = cors().get(0);
    LifecycleRule lifecycleBefore = lifecycle().get(0);
    setup(s3).apply();
    assertThat(cors()).hasSize(2).contains(corsBefore);
    assertThat(lifecycle()).hasSize(2).contains(lifecycleBefore);
  }

  @Test
  void aSecondRunChangesNothing() {
    earlierRules();
    setup(s3).apply();
    assertThat(setup(s3).apply()).isEqualTo(new BucketChanges(List.of(), List.of()));
  }

  @Test
  void aRuleOfTheWholeBucketIsRecognisedAgain() {
    BucketSetup whole = BucketSetup.builder(s3, bucket).allowedOrigins("*").build();
    whole.apply();
    assertThat(whole.plan().isEmpty()).isTrue();
  }

  @Test
  void aPlanChangesNothing() {
    earlierRules();
    assertThat(setup(s3).plan().changes()).hasSize(2);
    assertThat(cors()).hasSize(1);
    assertThat(lifecycle()).hasSize(1);
  }

  @Test
  void anOtherWishReplacesOurRules() {
    setup(s3).apply();
    BucketChanges changes =
        BucketSetup.builder(s3, bucket)
            .allowedOrigins("https://new.example.com")
            .prefix("uploads/")
            .abortUnfinishedAfter(Duration.ofDays(2))
            .build()
            .apply();
    assertThat(changes.changes())
        .containsExactly(
            "CORS: change rule 'reelbeam-uploads': origins https://new.example.com"
                + " (was: https://app.example.com)",
            "lifecycle: change rule 'reelbeam-uploads': aborts after 2 days (was: 7 days)");
    assertThat(cors())
        .singleElement()
        .extracting(CORSRule::allowedOrigins)
        .asString()
        .contains("https://new.example.com");
    assertThat(lifecycle()).hasSize(1);
  }

  /** The SDK's own defaults: a checksum with everything, by trailers where it streams. */
  @Test
  void aClientWithTheSdksDefaultsWillDo() {
    try (S3Client defaults =
        S3Client.builder()
            .endpointOverride(store.s3Endpoint())
            .region(Region.of(store.region()))
            .forcePathStyle(store.pathStyle())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(store.accessKeyId(), store.secretAccessKey())))
            .build()) {
      setup(defaults).apply();
    }
    assertThat(cors()).hasSize(1);
    assertThat(lifecycle()).hasSize(1);
  }

  @Test
  void aBucketThatIsNotThereIsNamed() {
    BucketSetup nowhere =
        BucketSetup.builder(s3, RealStore.newBucketName()).allowedOrigins("*").build();
    assertThatThrownBy(nowhere::apply)
        .isInstanceOf(BucketSetupException.class)
        .hasMessageContaining("there is no bucket");
  }

  /** With a client's rights, which are to put objects and no more. */
  @Test
  void theRightThatIsMissingIsNamed() {
    String policy =
        ("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Action\":[\"s3:PutObject\"],\"Resource\":[\"arn:aws:s3:::%s/*\"]}]}")
            .formatted(bucket);
    Credentials keys;
    try (StsClient sts = store.sts()) {
      keys =
          sts.assumeRole(b -> b.roleArn(store.roleArn()).roleSessionName("client").policy(policy))
              .credentials();
    }
    try (S3Client client =
        store.s3(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken())) {
      assertThatThrownBy(() -> setup(client).apply())
          .isInstanceOf(BucketSetupException.class)
          .hasMessageContaining("the caller needs s3:GetBucketCORS");
    }
  }

  @Test
  void theCommandSetsABucketUp() throws Exception {
    assertThat(command("--dry-run")).contains("would change: CORS").contains("lifecycle");
    assertThat(command()).contains("changed: CORS").contains("changed: lifecycle");
    assertThat(command()).contains("as wanted, nothing to change");
    assertThat(cors()).hasSize(1);
    assertThat(lifecycle()).hasSize(1);
  }

  private String command(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("..", "sdk-examples", "target", "reelbeam.jar").toString(),
                "setup-bucket",
                "--bucket=" + bucket,
                "--region=" + store.region(),
                "--s3-endpoint=" + store.s3Endpoint(),
                "--origin=https://app.example.com",
                "--prefix=uploads/"));
    if (store.pathStyle()) {
      arguments.add("--path-style");
    }
    arguments.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
    builder.environment().put("AWS_ACCESS_KEY_ID", store.accessKeyId());
    builder.environment().put("AWS_SECRET_ACCESS_KEY", store.secretAccessKey());
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
