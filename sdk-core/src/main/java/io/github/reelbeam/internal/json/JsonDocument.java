package io.github.reelbeam.internal.json;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A document that is made into a tree. The parser bounds how deep that is, and how large. */
final class JsonDocument implements AutoCloseable {
  private final JsonParser parser;

  JsonDocument(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Reads it to its end.
   *
   * @return null for a document of nothing, too
   */
  @Nullable JsonValue read() throws IOException {
    JsonToken first = parser.nextToken();
    JsonValue value = first == null ? null : value(first);
    if (parser.nextToken() != null) {
      throw refusal("more than one value");
    }
    return value;
  }

  private @Nullable JsonValue value(JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      case VALUE_STRING -> new JsonValue.Text(parser.getText());
      case VALUE_NUMBER_INT -> number(true);
      case VALUE_NUMBER_FLOAT -> number(false);
      case VALUE_TRUE, VALUE_FALSE -> new JsonValue.Flag(token == JsonToken.VALUE_TRUE);
      case VALUE_NULL -> null;
      default -> throw refusal("no value");
    };
  }

  private JsonValue object() throws IOException {
    JsonObject object = new JsonObject();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      object.put(name, value(parser.nextToken()));
    }
    return object;
  }

  private JsonValue array() throws IOException {
    for (JsonToken item = parser.nextToken();
        item != JsonToken.END_ARRAY;
        item = parser.nextToken()) {
      var unused = value(item);
    }
    return new JsonValue.Array();
  }

  private JsonValue number(boolean whole) throws IOException {
    // the parser bounds only what it is asked to make a number of
    if (parser.getTextLength() > Json.MAX_DIGITS) {
      throw refusal("a number that is too long");
    }
    return new JsonValue.Numeral(parser.getText(), whole);
  }

  private JsonParseException refusal(String what) {
    return new JsonParseException(parser, what);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
