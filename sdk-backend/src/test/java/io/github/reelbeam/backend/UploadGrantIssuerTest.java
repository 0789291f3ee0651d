package io.github.reelbeam.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.backend.RenewalTokens.Verdict;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Grants over an STS that says what it was asked, at a time that stands still. */
class UploadGrantIssuerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final String KEY = "incoming/" + ID + ".mp4";
  private static final VideoDescription VIDEO =
      new VideoDescription("holiday.mp4", "video/mp4", 1000, Map.of("title", "Holiday"));
  private static final byte[] SECRET = "a secret of thirty-two bytes, so".getBytes(US_ASCII);
  private static final CredentialsIssuer NONE =
      scope -> {
        throw new AssertionError("asked for credentials to " + scope.key());
      };

  @RegisterExtension final FakeSts sts = new FakeSts();

  private static Clock at(Instant now) {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  private static RenewalTokens tokens(Instant now) {
    return RenewalTokens.signingWith("2026", SECRET).clock(at(now)).build();
  }

  private static UploadGrantIssuer.Builder builder(CredentialsIssuer credentials, Instant now) {
    return UploadGrantIssuer.builder("videos", "eu-central-1", credentials, tokens(now))
        .keys(ObjectKeys.withPrefix("incoming/").withIds(() -> ID))
        .limits(UploadLimits.upTo(1000))
        .clock(at(now));
  }

  private UploadGrantIssuer.Builder builder() {
    return builder(StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).build(), NOW);
  }

  @Test
  void asksStsForTheNewKeyAndTheSessionDuration() {
    builder().sessionDuration(Duration.ofMinutes(20)).build().issue("ada", VIDEO);
    assertThat(sts.form())
        .containsEntry("Action", "AssumeRole")
        .containsEntry("RoleSessionName", ID + ".mp4")
        .containsEntry("DurationSeconds", "1200")
        .containsEntry("Policy", SessionPolicy.forObject("aws", "videos", KEY, null));
  }

  @Test
  void asksForAnHourUnlessToldOtherwise() {
    builder().build().issue("ada", VIDEO);
    assertThat(sts.form()).containsEntry("DurationSeconds", "3600");
  }

  @Test
  void writesTheGrantOfTheContract() throws Exception {
    IssuedGrant grant =
        builder()
            .endpoint(URI.create("https://s3.example.com"))
            .pathStyleAccess(true)
            .build()
            .issue("ada", VIDEO);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(grant.toJson()))
        .isEqualTo(
            json.readTree(
                """
                {"credentials": {"AccessKeyId": "ASIAISSUED", "SecretAccessKey": "issued-secret",
                  "SessionToken": "issued-session-token", "Expiration": "2026-11-22T11:00:00Z",
                  "region": "eu-central-1", "bucket": "videos"},
                 "key": "%s", "endpoint": "https://s3.example.com", "pathStyleAccess": true,
                 "renewalToken": "%s"}"""
                    .formatted(KEY, grant.renewalToken())));
  }

  @Test
  void leavesOutWhatAwsNeedsNot() throws Exception {
    IssuedGrant grant = builder().build().issue("ada", VIDEO);
    assertThat(new ObjectMapper().readTree(grant.toJson()).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("credentials", "key", "renewalToken");
  }

  @Test
  void signsATokenForTheKeyTheUserAndAWeek() {
    String token = builder().build().issue("ada", VIDEO).renewalToken();
    Instant end = NOW.plus(Duration.ofDays(7));
    assertThat(tokens(end).check(token, KEY, "ada")).isEqualTo(Verdict.VALID);
    assertThat(tokens(end.plusSeconds(1)).check(token, KEY, "ada")).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void signsATokenForAsLongAsIsWanted() {
    Duration wanted = Duration.ofSeconds(1);
    String token = builder().renewableFor(wanted).build().issue("ada", VIDEO).renewalToken();
    Instant end = NOW.plus(wanted);
    assertThat(tokens(end).check(token, KEY, "ada")).isEqualTo(Verdict.VALID);
    assertThat(tokens(end.plusSeconds(1)).check(token, KEY, "ada")).isEqualTo(Verdict.EXPIRED);
  }

  @Test
  void grantsNothingBeyondTheLimits() {
    UploadGrantIssuer issuer = builder(NONE, NOW).build();
    assertThat(refusal(() -> issuer.issue("ada", described("a.mp4", "video/mp4", 1001))).status())
        .isEqualTo(413);
    assertThat(refusal(() -> issuer.issue("ada", described("a.mp4", "text/html", 10))).status())
        .isEqualTo(415);
    assertThat(
            refusal(() -> issuer.issue("ada", described("x".repeat(1025), "video/mp4", 10)))
                .status())
        .isEqualTo(400);
  }

  private static VideoDescription described(String name, String type, long size) {
    return new VideoDescription(name, type, size, Map.of());
  }

  @Test
  void renewsTheSameKeyWithTheSameToken() {
    UploadGrantIssuer issuer = builder().build();
    IssuedGrant grant = issuer.issue("ada", VIDEO);
    IssuedGrant renewed = issuer.renew("ada", grant.key(), grant.renewalToken());
    assertThat(renewed).isEqualTo(grant);
    assertThat(sts.count("AssumeRole")).isEqualTo(2);
  }

  @Test
  void doesNotRenewForAnotherUserOrKey() {
    String token = tokens(NOW).issue(KEY, "ada", NOW.plusSeconds(60));
    assertRefused("bob", KEY, token, "renewal_refused");
    assertRefused(
        "ada", "incoming/00000000-0000-4000-8000-000000000002.mp4", token, "renewal_refused");
    assertRefused("ada", KEY + "x", token, "renewal_refused");
    assertRefused("ada", KEY, null, "renewal_refused");
  }

  @Test
  void doesNotRenewWithATokenOfAnotherSecret() {
    byte[] other = SECRET.clone();
    other[0]++;
    String token =
        RenewalTokens.signingWith("2026", other).build().issue(KEY, "ada", NOW.plusSeconds(60));
    assertRefused("ada", KEY, token, "renewal_refused");
  }

  @Test
  void doesNotRenewWithAnyCharacterChanged() {
    String token = tokens(NOW).issue(KEY, "ada", NOW.plusSeconds(60));
    for (int i = 0; i < token.length(); i++) {
      for (char other : new char[] {'A', 'b', '0', '9', '-', '.', ' '}) {
        if (token.charAt(i) != other) {
          String changed = token.substring(0, i) + other + token.substring(i + 1);
          assertRefused("ada", KEY, changed, "renewal_refused");
        }
      }
    }
  }

  @Test
  void saysWhenAGrantIsTooOldToBeRenewed() {
    String token = tokens(NOW).issue(KEY, "ada", NOW.minusSeconds(1));
    assertRefused("ada", KEY, token, "renewal_expired");
  }

  private static void assertRefused(
      String subject, String key, @Nullable String token, String code) {
    UploadGrantIssuer issuer = builder(NONE, NOW).build();
    RequestRefusedException refusal = refusal(() -> issuer.renew(subject, key, token));
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.code()).isEqualTo(code);
  }

  private static RequestRefusedException refusal(Runnable request) {
    RequestRefusedException refusal =
        catchThrowableOfType(RequestRefusedException.class, request::run);
    assertThat(refusal).as("a refusal").isNotNull();
    return refusal;
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void grantsNothingToNobody(String subject) {
    UploadGrantIssuer issuer = builder(NONE, NOW).build();
    assertThatIllegalArgumentException().isThrownBy(() -> issuer.issue(subject, VIDEO));
    String token = tokens(NOW).issue(KEY, subject, NOW.plusSeconds(60));
    assertThatIllegalArgumentException().isThrownBy(() -> issuer.renew(subject, KEY, token));
  }

  @Test
  void handsOnThatThereAreNoCredentials() {
    sts.answers("AssumeRole", FakeSts.refusal(403, "AccessDenied", "no"));
    UploadGrantIssuer issuer = builder().build();
    assertThatThrownBy(() -> issuer.issue("ada", VIDEO)).isInstanceOf(GrantFailedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Videos", "192.168.5.4", "videos/x", "videos--x-s3"})
  void refusesABucketThatIsNone(String bucket) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadGrantIssuer.builder(bucket, "eu-central-1", NONE, tokens(NOW)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "EU", "eu central", "eu-central-1/", "-", "eu\n"})
  void refusesARegionThatIsNone(String region) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadGrantIssuer.builder("videos", region, NONE, tokens(NOW)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3.example.com",
        "//s3.example.com",
        "ftp://s3.example.com",
        "file:///tmp",
        "https:s3.example.com",
        "https:///videos",
        "https://ada:password@s3.example.com",
        "https://s3.example.com?x=1",
        "https://s3.example.com#x",
      })
  void refusesAnEndpointThatIsNone(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(NONE, NOW).endpoint(URI.create(endpoint)))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("password"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:9000", "HTTPS://s3.example.com/", "http://[::1]:9000"})
  void takesAnEndpoint(String endpoint) {
    assertThat(builder().endpoint(URI.create(endpoint)).build().issue("ada", VIDEO).endpoint())
        .isEqualTo(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT12H1S"})
  void refusesSessionsThatThereAreNot(String duration) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(NONE, NOW).sessionDuration(Duration.parse(duration)));
  }

  @Test
  void takesSessionsOfUpToHalfADay() {
    builder().sessionDuration(Duration.ofHours(12)).build().issue("ada", VIDEO);
    assertThat(sts.form()).containsEntry("DurationSeconds", "43200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S"})
  void refusesARenewalThatEndsBeforeItStarts(String duration) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder(NONE, NOW).renewableFor(Duration.parse(duration)));
  }

  @Test
  void refusesAtTheStartASessionThatStsDoesNotGive() {
    StsClient aws =
        StsClient.builder()
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(() -> FakeSts.USER)
            .build();
    UploadGrantIssuer.Builder builder =
        builder(StsCredentials.assumingRole(aws, FakeSts.ROLE).build(), NOW)
            .sessionDuration(Duration.ofMinutes(5));
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("15 minutes");
  }

  @Test
  void showsWhereGrantsLead() {
    UploadGrantIssuer.Builder builder = builder(NONE, NOW);
    assertThat(builder.build())
        .hasToString("UploadGrantIssuer[videos, eu-central-1, sessions of PT1H]");
    assertThat(builder.endpoint(URI.create("https://s3.example.com")).build())
        .hasToString(
            "UploadGrantIssuer[videos, eu-central-1, https://s3.example.com, sessions of PT1H]");
  }

  @Test
  void aGrantShowsItsObject() {
    assertThat(builder().build().issue("ada", VIDEO).toString())
        .startsWith("IssuedGrant[videos/" + KEY + ", ")
        .endsWith(", renewalToken redacted]");
  }

  @Test
  void keepsSecretsOutOfEveryText() {
    StsCredentials credentials =
        StsCredentials.assumingRole(sts.client(), FakeSts.ROLE).externalId("external-1").build();
    UploadGrantIssuer issuer = builder(credentials, NOW).build();
    IssuedGrant grant = issuer.issue("ada", VIDEO);
    for (Object shown :
        List.of(grant, grant.credentials(), issuer, credentials, tokens(NOW), VIDEO)) {
      assertThat(shown.toString())
          .doesNotContain("issued-secret")
          .doesNotContain("issued-session-token")
          .doesNotContain(grant.renewalToken())
          .doesNotContain("user-secret")
          .doesNotContain(new String(SECRET, US_ASCII));
    }
  }
}
