package io.github.reelbeam.internal.json;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of one object, each looked at with a failure that names it. */
final class Fields {
  private final JsonObject object;
  private final String path;

  Fields(JsonObject object, String path) {
    this.object = object;
    this.path = path;
  }

  /** A text that must be there and hold something. */
  String text(String name) throws MalformedJsonException {
    String text = anyText(name);
    if (text.trim().isEmpty()) {
      throw failure(name, "is empty");
    }
    return text;
  }

  /** A text that must be there and may be empty. */
  String anyText(String name) throws MalformedJsonException {
    String text = optionalText(name);
    if (text == null) {
      throw failure(name, "is missing");
    }
    return text;
  }

  /** A text, or null if the field is not there or is null. */
  @Nullable String optionalText(String name) throws MalformedJsonException {
    JsonValue value = object.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonValue.Text text) {
      return text.value();
    }
    throw failure(name, "is not a string");
  }

  long wholeNumber(String name) throws MalformedJsonException {
    if (required(name) instanceof JsonValue.Numeral number && number.whole()) {
      try {
        return Long.parseLong(number.digits());
      } catch (NumberFormatException e) {
        // larger
      }
    }
    throw failure(name, "is not a whole number of 64 bits");
  }

  /** A number of bytes or the like. */
  long notNegative(String name) throws MalformedJsonException {
    long number = wholeNumber(name);
    if (number < 0) {
      throw failure(name, "is negative");
    }
    return number;
  }

  boolean flag(String name) throws MalformedJsonException {
    if (required(name) instanceof JsonValue.Flag flag) {
      return flag.value();
    }
    throw failure(name, "is neither true nor false");
  }

  boolean has(String name) {
    return object.get(name) != null;
  }

  /**
   * A time in ISO 8601 with {@code Z} or an offset, as the STS libraries of all languages write.
   */
  Instant instant(String name) throws MalformedJsonException {
    try {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text(name), Instant::from);
    } catch (DateTimeException e) {
      throw failure(name, "is not a time such as 2026-01-31T12:00:00Z");
    }
  }

  @Nullable URI optionalUri(String name) throws MalformedJsonException {
    String text = optionalText(name);
    try {
      return text == null ? null : new URI(text);
    } catch (URISyntaxException | NumberFormatException e) {
      // the second is what the JDK throws at an IPv6 address that ends in too long a number
      throw failure(name, "is not a URL");
    }
  }

  Fields object(String name) throws MalformedJsonException {
    Fields inner = optionalObject(name);
    if (inner == null) {
      throw failure(name, "is missing");
    }
    return inner;
  }

  @Nullable Fields optionalObject(String name) throws MalformedJsonException {
    JsonValue value = object.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonObject inner) {
      return new Fields(inner, path + name + ".");
    }
    throw failure(name, "is not an object");
  }

  /** All fields of an object, each of which must be a text. */
  Map<String, String> texts(String name) throws MalformedJsonException {
    Fields inner = object(name);
    Map<String, String> texts = new HashMap<>();
    for (String key : inner.object.names()) {
      texts.put(key, inner.anyText(key));
    }
    return texts;
  }

  MalformedJsonException failure(String name, String problem) {
    return new MalformedJsonException(path + name, problem);
  }

  private JsonValue required(String name) throws MalformedJsonException {
    JsonValue value = object.get(name);
    if (value == null) {
      throw failure(name, "is missing");
    }
    return value;
  }
}
