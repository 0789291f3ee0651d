package io.github.reelbeam.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadGrantTest {
  private static TemporaryCredentials until(String expiration) {
    return new TemporaryCredentials("ASIA1", "secret", "session", Instant.parse(expiration));
  }

  @ParameterizedTest
  @CsvSource({
    "                      , 'UploadGrant[videos/in/1.mp4, eu-central-1, '",
    "https://s3.example.com, 'UploadGrant[videos/in/1.mp4, eu-central-1, https://s3.example.com, '"
  })
  void showsWhereTheObjectGoesAndNoSecret(@Nullable URI endpoint, String shown) {
    UploadGrant grant =
        new UploadGrant(
            until("2100-01-01T00:00:00Z"),
            "videos",
            "in/1.mp4",
            "eu-central-1",
            endpoint,
            false,
            "token-1",
            Duration.ofHours(1));

    assertThat(grant.toString())
        .isEqualTo(shown + grant.credentials() + "]")
        .doesNotContain("secret", "session", "token-1");
    assertThat(grant.endpoint()).isEqualTo(Optional.ofNullable(endpoint));
    assertThat(grant.renewalToken()).contains("token-1");
  }

  @Test
  void isGoodForAsLongAsItsCredentialsAre() {
    UploadGrant grant = UploadGrant.of(until("2100-01-01T00:00:00Z"), "videos", "k", "r");

    assertThat(grant.validFor()).isBetween(Duration.ofDays(365), Duration.ofDays(36_525));
    assertThat(grant.endpoint()).isEmpty();
    assertThat(grant.renewalToken()).isEmpty();
  }

  @Test
  void refusesCredentialsThatHaveExpired() {
    TemporaryCredentials expired = until("2001-01-01T00:00:00Z");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadGrant.of(expired, "videos", "k", "r"))
        .withMessageContaining("2001-01-01");
  }
}
