package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KMS_KEY =
      "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

  // what policies, paths, JSON and encodings make something of, between ordinary letters
  private static final String[] ALPHABET = {
    "a",
    "Z",
    "0",
    "-",
    "_",
    ".",
    "/",
    "*",
    "?",
    "$",
    "{",
    "}",
    "\"",
    "\\",
    "'",
    " ",
    "+",
    "%2e",
    "%2F",
    ",",
    ":",
    "[",
    "]",
    "\n",
    "\u0000",
    "\u202E",
    "\uFF0A",
    "\uFF0E",
    "\uD83D",
    "ü",
    "é",
    "e\u0301",
    "動",
    "🎬",
    "\u00FF",
    "\u0100",
    "arn:aws:s3:::",
    "s3:*",
    "&",
    "<",
    ">",
    "~"
  };

  @Test
  void allowsThreeActionsOnOneObject() throws Exception {
    assertThat(SessionPolicy.forObject("aws", "videos", "uploads/1.mp4", null))
        .isEqualTo(
            """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:PutObject",\
            "s3:AbortMultipartUpload","s3:ListMultipartUploadParts"],\
            "Resource":"arn:aws:s3:::videos/uploads/1.mp4"}]}""");
  }

  @Test
  void allowsTheKmsKeyInAStatementOfItsOwn() throws Exception {
    JsonNode statements =
        JSON.readTree(SessionPolicy.forObject("aws", "videos", "1.mp4", KMS_KEY)).get("Statement");
    assertThat(statements).hasSize(2);
    assertThat(statements.get(1))
        .isEqualTo(
            JSON.readTree(
                """
                {"Effect": "Allow", "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
                 "Resource": "%s"}"""
                    .formatted(KMS_KEY)));
  }

  /** Any key is either refused, or is the one resource of its policy, letter by letter. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void opensExactlyTheKeyOrNothing(long seed) throws Exception {
    Random random = new Random(seed);
    int granted = 0;
    for (int i = 0; i < 4_000; i++) {
      String key = randomKey(random);
      String policy;
      try {
        policy = SessionPolicy.forObject("aws", "videos", key, null);
      } catch (IllegalArgumentException e) {
        continue;
      }
      granted++;
      assertThat(policy).matches("[!-~]*").hasSizeLessThanOrEqualTo(2048);
      JsonNode statements = JSON.readTree(policy).get("Statement");
      assertThat(statements).hasSize(1);
      JsonNode resource = statements.get(0).get("Resource");
      assertThat(resource.isTextual()).isTrue();
      assertThat(resource.asText())
          .isEqualTo("arn:aws:s3:::videos/" + key)
          .doesNotContain("*", "?", "$");
    }
    assertThat(granted).as("keys that were granted").isBetween(200, 3_800);
  }

  private static String randomKey(Random random) {
    StringBuilder key = new StringBuilder();
    int length = 1 + random.nextInt(6);
    for (int i = 0; i < length; i++) {
      key.append(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
    return key.toString();
  }

  @Test
  void fitsTheLongestKeyWithTheLongestBucket() {
    String policy =
        SessionPolicy.forObject("aws-us-gov", "b".repeat(63), "x".repeat(1024), KMS_KEY);
    assertThat(policy).hasSizeLessThanOrEqualTo(2048);
  }

  /** A space takes six characters in a policy: enough of them make it as long as STS takes. */
  @Test
  void takesAPolicyOf2048CharactersAndNoMore() {
    int empty = SessionPolicy.forObject("aws", "videos", "x", null).length() - 1;
    int spaces = (2048 - empty) / 6;
    String longest = "x".repeat((2048 - empty) % 6) + " ".repeat(spaces);
    assertThat(SessionPolicy.forObject("aws", "videos", longest, null)).hasSize(2048);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionPolicy.forObject("aws", "videos", longest + "x", null));
  }

  @Test
  void refusesAKeyThatIsTooLongOnceItIsEscaped() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionPolicy.forObject("aws", "videos", "動".repeat(341), null))
        .withMessageContaining("2,048");
  }
}
