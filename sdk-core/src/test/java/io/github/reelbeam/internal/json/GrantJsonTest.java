package io.github.reelbeam.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.credentials.CredentialsFetcher.Renewal;
import io.github.reelbeam.credentials.CredentialsFetcher.Request;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantJsonTest {
  private static final String PLAIN =
      """
      {"credentials": {"AccessKeyId": "AK", "SecretAccessKey": "secret-1", "SessionToken": "token-1",
        "Expiration": "2026-11-22T12:00:00Z", "region": "eu-central-1", "bucket": "videos"},
       "key": "in/1.mp4"}
      """;

  private static GrantAnswer read(String json) throws MalformedJsonException {
    return GrantJson.read(json.getBytes(UTF_8));
  }

  @Test
  void readsThePlainPayload() throws Exception {
    GrantAnswer grant = read(PLAIN);

    assertThat(grant.credentials().accessKeyId()).isEqualTo("AK");
    assertThat(grant.credentials().secretAccessKey()).isEqualTo("secret-1");
    assertThat(grant.credentials().sessionToken()).isEqualTo("token-1");
    assertThat(grant.credentials().expiration()).isEqualTo("2026-11-22T12:00:00Z");
    assertThat(grant.bucket()).isEqualTo("videos");
    assertThat(grant.region()).isEqualTo("eu-central-1");
    assertThat(grant.key()).isEqualTo("in/1.mp4");
    assertThat(grant.endpoint()).isNull();
    assertThat(grant.pathStyleAccess()).isFalse();
    assertThat(grant.renewalToken()).isNull();
  }

  @Test
  void readsTheOptionalFieldsAndPassesOverOthers() throws Exception {
    GrantAnswer grant =
        read(
            PLAIN.replace(
                "\"key\":",
                """
                "endpoint": "http://127.0.0.1:9000", "pathStyleAccess": true, "renewalToken": "r",
                "later": {"a": [1, 2]}, "key":"""));

    assertThat(grant.endpoint()).isEqualTo(URI.create("http://127.0.0.1:9000"));
    assertThat(grant.pathStyleAccess()).isTrue();
    assertThat(grant.renewalToken()).isEqualTo("r");
  }

  @Test
  void takesNullForAFieldThatIsNotThere() throws Exception {
    GrantAnswer grant =
        read(
            PLAIN.replace(
                "\"key\":",
                "\"endpoint\": null, \"pathStyleAccess\": null, \"renewalToken\": null, \"key\":"));

    assertThat(grant).isEqualTo(read(PLAIN));
  }

  @Test
  void readsThatTheBucketDoesNotGoIntoThePath() throws Exception {
    assertThat(read(PLAIN.replace("\"key\":", "\"pathStyleAccess\": false, \"key\":")))
        .isEqualTo(read(PLAIN));
  }

  @Test
  void saysWhereItIsNotJson() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read("{\n \"key\": x"))
        .withMessageContaining("(line 2, column ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T12:00:00Z",
        "2026-11-22T12:00:00.000Z",
        "2026-11-22T12:00:00+00:00",
        "2026-11-22T13:00:00+01:00"
      })
  void readsTheTimesThatStsLibrariesWrite(String expiration) throws Exception {
    assertThat(read(PLAIN.replace("2026-11-22T12:00:00Z", expiration)).credentials().expiration())
        .isEqualTo(Instant.parse("2026-11-22T12:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"credentials\"      | \"other\"                | credentials",
        "\"AccessKeyId\"      | \"accessKeyId\"          | credentials.AccessKeyId",
        "\"SecretAccessKey\"  | \"x\"                    | credentials.SecretAccessKey",
        "\"SessionToken\"     | \"x\"                    | credentials.SessionToken",
        "\"Expiration\"       | \"x\"                    | credentials.Expiration",
        "\"region\"           | \"x\"                    | credentials.region",
        "\"bucket\"           | \"x\"                    | credentials.bucket",
        "\"key\":             | \"x\":                   | key",
        "\"token-1\"          | null                     | credentials.SessionToken",
        "\"token-1\"          | 17                       | credentials.SessionToken",
        "\"token-1\"          | \" \"                    | credentials.SessionToken",
        "\"videos\"           | \"\"                     | credentials.bucket",
        "\"in/1.mp4\"         | [\"in/1.mp4\"]           | key",
        "2026-11-22T12:00:00Z | tomorrow                 | credentials.Expiration",
        "2026-11-22T12:00:00Z | 2026-11-22T12:00:00      | credentials.Expiration",
        "\"key\":             | \"endpoint\": \"a b\", \"key\":        | endpoint",
        "\"key\":             | \"endpoint\": \"http://[::0:1111111111111.0.0.1]\", \"key\": | endpoint",
        "\"key\":             | \"endpoint\": 7, \"key\":              | endpoint",
        "\"key\":             | \"pathStyleAccess\": \"yes\", \"key\": | pathStyleAccess",
        "\"key\":             | \"renewalToken\": {}, \"key\":         | renewalToken",
      })
  void namesTheFieldThatIsMissingOrMalformed(String part, String replacement, String field) {
    String json = PLAIN.replace(part, replacement);
    assertThat(json).isNotEqualTo(PLAIN);

    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read(json))
        .satisfies(e -> assertThat(e.field()).isEqualTo(field))
        .withMessageContaining(field)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret-1", "token-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"secret-1\"",
        "<html>secret-1</html>",
        "{\"credentials\": {\"SecretAccessKey\": secret-1}}",
        "{\"key\": \"a\", \"key\": \"b\"}",
        "{\"a\": [{\"key\": 1, \"key\": 2}]}",
        "{} {}",
        "{\"key\": \"secret-1"
      })
  void refusesWhatIsNotOneJsonObjectAndDoesNotQuoteIt(String json) {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read(json))
        .withNoCause()
        .satisfies(e -> assertThat(e.field()).isEmpty())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret-1"));
  }

  @Test
  void refusesNestingWithoutEnd() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read("{\"a\":" + "[".repeat(100_000)));
  }

  @Test
  void refusesATextOfUnreasonableLength() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read("{\"key\": \"" + "k".repeat(300 << 10) + "\"}"));
  }

  @Test
  void refusesADocumentOfUnreasonableLength() {
    assertThatExceptionOfType(MalformedJsonException.class)
        .isThrownBy(() -> read("{" + " ".repeat(1 << 20) + "}"))
        .withMessageContaining("longer");
  }

  @Test
  void showsNoSecret() throws Exception {
    assertThat(read(PLAIN.replace("\"key\":", "\"renewalToken\": \"token-2\", \"key\":")))
        .asString()
        .contains("in/1.mp4")
        .doesNotContain("secret-1", "token-1", "token-2");
  }

  @Test
  void writesTheRequestForAGrant() {
    byte[] json =
        GrantJson.issueRequest(
            new Request("h\"o.mp4", "video/mp4", 5L << 40, Map.of("b", "2", "a", "ü")));

    assertThat(new String(json, UTF_8))
        .isEqualTo(
            "{\"fileName\":\"h\\\"o.mp4\",\"contentType\":\"video/mp4\",\"size\":5497558138880,"
                + "\"metadata\":{\"a\":\"ü\",\"b\":\"2\"}}");
  }

  @Test
  void writesAFileNameWithHalfASurrogatePair() {
    byte[] json = GrantJson.issueRequest(new Request("a\ud800b", "video/mp4", 1, Map.of()));

    assertThat(new String(json, UTF_8)).contains("\"a?b\"");
  }

  @Test
  void writesTheRequestForARenewal() {
    assertThat(new String(GrantJson.renewalRequest(new Renewal("b", "k", "t")), UTF_8))
        .isEqualTo("{\"key\":\"k\",\"renewalToken\":\"t\"}");
    assertThat(new String(GrantJson.renewalRequest(new Renewal("b", "k", null)), UTF_8))
        .isEqualTo("{\"key\":\"k\"}");
  }
}
