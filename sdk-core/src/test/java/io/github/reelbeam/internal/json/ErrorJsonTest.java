package io.github.reelbeam.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorJsonTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      nullValues = "-",
      value = {
        "{\"code\": \"quota\", \"message\": \"Too much.\"}              | quota | Too much.",
        "{\"error\": {\"code\": \"quota\", \"message\": \"Too much.\"}} | quota | Too much.",
        "{\"error\": \"quota\", \"message\": \"m\"}                     | -     | m",
        "{\"code\": 17}                                                 | 17    | -",
        "{\"code\": 1.50}                                               | 1.50  | -",
        "{\"code\": true, \"message\": false}                           | -     | -",
        "{\"code\": {}, \"message\": [1]}                               | -     | -",
        "{\"code\": \"\", \"message\": null}                            | -     | -",
        "{\"message\": \"a\\r\\n\\u001b[31mb\"}                         | -     | a [31mb",
        "[]                                                             | -     | -",
        "\"no\"                                                         | -     | -",
        "<html>502 Bad Gateway</html>                                   | -     | -",
        "``                                                             | -     | -",
      })
  void readsWhatIsThere(String json, @Nullable String code, @Nullable String message) {
    assertThat(ErrorJson.read(json.getBytes(UTF_8), text -> text))
        .isEqualTo(new ErrorJson(code, message));
  }

  /** Half a secret would not be found any more. */
  @Test
  void takesOutASecretBeforeItCuts() {
    String secret = "s3cret".repeat(100);
    String json =
        "{\"code\": \"%s\", \"message\": \"%s %s\"}".formatted(secret, "m".repeat(450), secret);

    ErrorJson error =
        ErrorJson.read(json.getBytes(UTF_8), text -> text.replace(secret, "(redacted)"));

    assertThat(error.code()).isEqualTo("(redacted)");
    assertThat(error.message()).endsWith("m (redacted)");
  }

  @Test
  void leavesAMessageOf500CharactersWhole() {
    String json = "{\"message\": \"" + "m".repeat(500) + "\"}";

    assertThat(ErrorJson.read(json.getBytes(UTF_8), text -> text).message())
        .isEqualTo("m".repeat(500));
  }

  @Test
  void cutsALongMessage() {
    String json = "{\"message\": \"" + "m".repeat(10_000) + "\"}";

    assertThat(ErrorJson.read(json.getBytes(UTF_8), text -> text).message())
        .hasSize(503)
        .endsWith("m...");
  }
}
