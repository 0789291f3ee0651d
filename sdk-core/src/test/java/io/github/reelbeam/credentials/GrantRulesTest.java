package io.github.reelbeam.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.internal.json.GrantAnswer;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantRulesTest {
  private static GrantAnswer grant(String bucket, String key, @Nullable String endpoint) {
    return new GrantAnswer(
        new TemporaryCredentials("id", "secret", "session", Instant.EPOCH),
        bucket,
        key,
        "eu-central-1",
        endpoint == null ? null : URI.create(endpoint),
        false,
        null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k", "in/1.mp4", "a//b", "a/", "a/...", ".a/..b", "\u00fc"})
  void takesKeysThatArriveAsTheyAre(String key) {
    assertThat(GrantRules.problem(grant("videos", key, null))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/in/1.mp4, the field key begins with a slash",
    ".,         the field key has a segment '.'",
    "a/..,      the field key has a segment '..'",
    "../a,      the field key has a segment '..'",
    "a/./b,     the field key has a segment '.'"
  })
  void refusesKeysThatWouldChangeOnTheirWay(String key, String problem) {
    assertThat(GrantRules.problem(grant("videos", key, null))).contains(problem);
  }

  @ParameterizedTest
  @CsvSource({"k, 1024", "\u00fc, 512"})
  void takesKeysOfTheGreatestLength(String letter, int times) {
    assertThat(GrantRules.problem(grant("videos", letter.repeat(times), null))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"k, 1025, 1025", "\u00fc, 513, 1026"})
  void refusesKeysThatAreTooLongInBytes(String letter, int times, int bytes) {
    assertThat(GrantRules.problem(grant("videos", letter.repeat(times), null)))
        .contains("the field key has " + bytes + " bytes, and S3 takes 1024");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/videos", "videos/in", "videos/"})
  void refusesBucketsThatWouldBePartOfThePath(String bucket) {
    assertThat(GrantRules.problem(grant(bucket, "k", null)))
        .contains("the field credentials.bucket has a slash in it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://s3.example.com", "HTTP://127.0.0.1:9000/"})
  void takesEndpoints(String endpoint) {
    assertThat(GrantRules.problem(grant("videos", "k", endpoint))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3.example.com",
        "ftp://s3.example.com",
        "https:///path",
        "https://user@s3.example.com",
        "https://s3.example.com?x",
        "https://s3.example.com#x"
      })
  void refusesWhatIsNotJustAHost(String endpoint) {
    assertThat(GrantRules.problem(grant("videos", "k", endpoint)))
        .contains("the field endpoint is not an http or https URL with just a host");
  }
}
