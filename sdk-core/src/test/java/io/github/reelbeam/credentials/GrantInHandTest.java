package io.github.reelbeam.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.CredentialsFetcher.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantInHandTest {
  private static final Request REQUEST = new Request("a.mp4", "video/mp4", 1, Map.of());
  private static final UploadGrant GRANT = grant(Instant.parse("2100-01-01T00:00:00Z"));

  private final CredentialsFetcher fetcher = CredentialsFetcher.of(GRANT);

  private static UploadGrant grant(Instant expiration) {
    return UploadGrant.of(
        new TemporaryCredentials("AKIA", "secret", "token", expiration),
        "bucket",
        "videos/1.mp4",
        "eu-central-1");
  }

  @Test
  void issuesTheGrant() throws InterruptedException {
    assertThat(fetcher.issue(REQUEST)).isSameAs(GRANT);
  }

  @Test
  void doesNotServeASecondUploadUnderTheSameKey() throws InterruptedException {
    assertThat(fetcher.issue(REQUEST)).isNotNull();
    assertThatExceptionOfType(GrantException.class)
        .isThrownBy(() -> fetcher.issue(REQUEST))
        .matches(e -> !e.isResumable());
  }

  @Test
  void servesAResumedUploadOfTheSameObject() throws InterruptedException {
    assertThat(fetcher.renew(new Renewal("bucket", "videos/1.mp4", null))).isSameAs(GRANT);
  }

  @Test
  void cannotRenewWhatItHasIssued() throws InterruptedException {
    assertThat(fetcher.issue(REQUEST)).isNotNull();
    assertThatExceptionOfType(GrantException.class)
        .isThrownBy(() -> fetcher.renew(new Renewal("bucket", "videos/1.mp4", null)))
        .matches(GrantException::isResumable)
        .withMessageContaining("bucket/videos/1.mp4");
  }

  @ParameterizedTest
  @CsvSource({"other, videos/1.mp4", "bucket, videos/2.mp4"})
  void doesNotServeAnotherObject(String bucket, String key) {
    assertThatExceptionOfType(GrantException.class)
        .isThrownBy(() -> fetcher.renew(new Renewal(bucket, key, null)));
  }

  /** The pending upload of one grant must not be taken for that of another. */
  @Test
  void itsBackendIsTheObject() {
    assertThat(fetcher.backend()).isEqualTo("grant:bucket/videos/1.mp4");
  }

  @Test
  void aGrantMadeByHandIsGoodUntilItsCredentialsExpire() {
    UploadGrant grant = grant(Instant.now().plus(Duration.ofHours(1)));
    assertThat(grant.validFor()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
  }

  @Test
  void credentialsThatHaveExpiredMakeNoGrant() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> grant(Instant.parse("2020-01-01T00:00:00Z")))
        .withMessageContaining("2020-01-01");
  }
}
