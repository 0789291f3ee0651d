package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.reelbeam.backend.CredentialsIssuer.Scope;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** What STS is asked for, and what is refused before it is asked. */
class StsCredentialsTest {
  private static final String ID = "00000000-0000-4000-8000-000000000001";
  private static final Scope SCOPE =
      new Scope("videos", "uploads/" + ID + ".mp4", "ada", Duration.ofMinutes(30));
  private static final String KMS_KEY =
      "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  @RegisterExtension final FakeSts sts = new FakeSts();

  /** A client for AWS itself, which is not asked for anything here. */
  private static StsClient aws(String region) {
    return StsClient.builder()
        .region(Region.of(region))
        .credentialsProvider(StaticCredentialsProvider.create(FakeSts.USER))
        .build();
  }

  @Test
  void asksForARoleNarrowedToTheObject() {
    StsCredentials.assumingRole(sts.client(), FakeSts.ROLE)
        .externalId("reelbeam-1")
        .build()
        .issue(SCOPE);
    assertThat(sts.form())
        .containsOnlyKeys(
            "Action",
            "Version",
            "RoleArn",
            "RoleSessionName",
            "Policy",
            "DurationSeconds",
            "ExternalId")
        .containsEntry("Action", "AssumeRole")
        .containsEntry("RoleArn", FakeSts.ROLE)
        .containsEntry("RoleSessionName", ID + ".mp4")
        .containsEntry("DurationSeconds", "1800")
        .containsEntry("ExternalId", "reelbeam-1")
        .containsEntry("Policy", SessionPolicy.forObject("aws", SCOPE.bucket(), SCOPE.key(), null));
  }

  @Test
  void asksForAFederatedUserNarrowedToTheObject() {
    StsCredentials.federating(sts.client()).build().issue(SCOPE);
    assertThat(sts.form())
        .containsOnlyKeys("Action", "Version", "Name", "Policy", "DurationSeconds")
        .containsEntry("Action", "GetFederationToken")
        .containsEntry("Name", ID.substring(0, 32))
        .containsEntry("DurationSeconds", "1800")
        .containsEntry("Policy", SessionPolicy.forObject("aws", SCOPE.bucket(), SCOPE.key(), null));
  }

  @Test
  void asksForTheUserWithoutAPolicy() {
    StsCredentials.sharingUser(sts.client()).build().issue(SCOPE);
    assertThat(sts.form())
        .containsOnlyKeys("Action", "Version", "DurationSeconds")
        .containsEntry("Action", "GetSessionToken")
        .containsEntry("DurationSeconds", "1800");
  }

  @Test
  void handsOverWhatStsGives() {
    assertThat(StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).build().issue(SCOPE))
        .isEqualTo(
            new TemporaryCredentials(
                "ASIAISSUED",
                "issued-secret",
                "issued-session-token",
                Instant.parse("2026-11-22T11:00:00.750Z")));
  }

  @Test
  void opensTheKmsKeyToo() {
    StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).kmsKeyArn(KMS_KEY).build().issue(SCOPE);
    assertThat(sts.form().get("Policy")).contains(KMS_KEY).contains("kms:GenerateDataKey");
  }

  @Test
  void asksNobodyForAKeyThatCannotBeGranted() {
    CredentialsIssuer issuer = StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer.issue(new Scope("videos", "a/*", "ada", Duration.ofHours(1))));
    assertThat(sts.count("AssumeRole")).isZero();
  }

  @Test
  void refusesAnAnswerWithoutCredentials() {
    sts.answers("AssumeRole", WireMock.ok("<AssumeRoleResponse/>"));
    CredentialsIssuer issuer = StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).build();
    assertThatThrownBy(() -> issuer.issue(SCOPE))
        .isInstanceOf(GrantFailedException.class)
        .hasMessageContaining("endpoint");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws-cn:iam::123456789012:role/uploader, arn:aws-cn:s3:::",
    "arn:aws-us-gov:iam::123456789012:role/uploader, arn:aws-us-gov:s3:::",
    "arn:aws:iam:::role/uploader, arn:aws:s3:::",
  })
  void takesThePartitionFromTheRole(String role, String start) {
    StsCredentials.assumingRole(sts.client(), role).build().issue(SCOPE);
    assertThat(sts.form().get("Policy")).contains('"' + start + "videos/uploads/" + ID + ".mp4\"");
  }

  @ParameterizedTest
  @CsvSource({
    "cn-north-1, arn:aws-cn:s3:::",
    "us-gov-west-1, arn:aws-us-gov:s3:::",
    "eu-central-1, arn:aws:s3:::",
    "aws-global, arn:aws:s3:::",
    "default, arn:aws:s3:::",
  })
  void takesThePartitionFromTheRegionWhereThereIsNoRole(String region, String start) {
    StsClient client = sts.client(FakeSts.USER).region(Region.of(region)).build();
    StsCredentials.federating(client).build().issue(SCOPE);
    assertThat(sts.form().get("Policy")).contains('"' + start + "videos/");
  }

  @Test
  void refusesAKmsKeyOfAnotherPartition() {
    StsCredentials.Builder builder =
        StsCredentials.federating(aws("cn-north-1")).kmsKeyArn(KMS_KEY);
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("aws-cn");
  }

  @Test
  void refusesAKmsKeyOrAnExternalIdWhereStsTakesNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StsCredentials.sharingUser(aws("eu-central-1")).kmsKeyArn(KMS_KEY));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StsCredentials.federating(aws("eu-central-1")).externalId("reelbeam"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a b", "a\nb", "ü1"})
  void refusesExternalIdsThatStsWouldNotTake(String id) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).externalId(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT14M59S", "PT12H0.001S", "PT0S", "PT-1H"})
  void refusesDurationsThatAwsDoesNotHave(String duration) {
    Duration validity = Duration.parse(duration);
    StsClient aws = aws("eu-central-1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> StsCredentials.assumingRole(aws, FakeSts.ROLE).build().checkValidity(validity));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StsCredentials.federating(aws).build().checkValidity(validity));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StsCredentials.sharingUser(aws).build().checkValidity(validity));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT15M", "PT1H", "PT12H"})
  void takesDurationsThatAwsHas(String duration) {
    Duration validity = Duration.parse(duration);
    StsClient aws = aws("eu-central-1");
    StsCredentials.assumingRole(aws, FakeSts.ROLE).build().checkValidity(validity);
    StsCredentials.federating(aws).build().checkValidity(validity);
    StsCredentials.sharingUser(aws).build().checkValidity(validity);
  }

  @Test
  void takesSecondsFromAnotherStore() {
    CredentialsIssuer issuer = StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).build();
    issuer.checkValidity(Duration.ofSeconds(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> issuer.checkValidity(Duration.ofMillis(999)));
  }

  @ParameterizedTest
  @CsvSource({
    "https://vpce-1.sts.eu-central-1.vpce.amazonaws.com, true",
    "https://sts.cn-north-1.amazonaws.com.cn, true",
    "https://amazonaws.com.example.org, false",
    "https://notamazonaws.com, false",
  })
  void knowsAwsByItsHostNames(String endpoint, boolean isAws) {
    StsClient client = sts.client(FakeSts.USER).endpointOverride(URI.create(endpoint)).build();
    CredentialsIssuer issuer = StsCredentials.assumingRole(client, FakeSts.ROLE).build();
    if (isAws) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> issuer.checkValidity(Duration.ofMinutes(1)))
          .withMessageContaining("15 minutes");
    } else {
      issuer.checkValidity(Duration.ofMinutes(1));
    }
  }

  /** The endpoint may come from the environment of the app, too. */
  @Test
  void takesSecondsFromAnotherStoreThatTheSettingsOfTheSdkName() {
    System.setProperty("aws.endpointUrlSts", "http://127.0.0.1:9000");
    try {
      StsCredentials.assumingRole(aws("us-east-1"), FakeSts.ROLE)
          .build()
          .checkValidity(Duration.ofSeconds(3));
    } finally {
      System.clearProperty("aws.endpointUrlSts");
    }
  }
}
