package io.github.reelbeam.internal.json;

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
      if (!(Json.read(document) instanceof JsonObject root)) {
        return NOTHING;
      }
      JsonObject error = root.get("error") instanceof JsonObject inner ? inner : root;
      return new ErrorJson(
          line(error.get("code"), redaction, MAX_CODE),
          line(error.get("message"), redaction, MAX_MESSAGE));
    } catch (MalformedJsonException e) {
      return NOTHING;
    }
  }

  /** It goes into messages and logs: one line, of a length that can be read. */
  private static @Nullable String line(
      @Nullable JsonValue value, UnaryOperator<String> redaction, int longest) {
    String text = text(value);
    if (text == null) {
      return null;
    }
    String line = OneLine.of(redaction.apply(text), longest);
    return line.isEmpty() ? null : line;
  }

  private static @Nullable String text(@Nullable JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    return value instanceof JsonValue.Numeral number ? number.digits() : null;
  }
}
