package io.github.reelbeam.internal.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.reelbeam.internal.text.OneLine;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a backend says about its refusal.
 *
 * @param code for programs, such as {@code quota_exceeded}; null if there is none
 * @param message for people; null if there is none
 */
public record ErrorJson(@Nullable String code, @Nullable String message) {
  private static final ErrorJson NOTHING = new ErrorJson(null, null);
  private static final int MAX_CODE = 100;
  private static final int MAX_MESSAGE = 500;

  /**
   * Reads {@code code} and {@code message}, from the document or from an object {@code error} in
   * it. Whatever else is there, or nothing, is no reason to fail: it only explains a failure.
   *
   * @param redaction takes out what must not be shown, before anything is cut: half a secret would
   *     not be found any more
   */
  public static ErrorJson read(byte[] document, UnaryOperator<String> redaction) {
    try {
      JsonNode root = Json.read(document);
      JsonNode error = root.path("error").isObject() ? root.path("error") : root;
      return new ErrorJson(
          line(error.path("code"), redaction, MAX_CODE),
          line(error.path("message"), redaction, MAX_MESSAGE));
    } catch (MalformedJsonException e) {
      return NOTHING;
    }
  }

  /** It goes into messages and logs: one line, of a length that can be read. */
  private static @Nullable String line(
      JsonNode value, UnaryOperator<String> redaction, int longest) {
    if (!value.isTextual() && !value.isNumber()) {
      return null;
    }
    String line = OneLine.of(redaction.apply(value.asText()), longest);
    return line.isEmpty() ? null : line;
  }
}
