package io.github.reelbeam.examples.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes JSON objects, each on a line of its own and flushed at once. */
final class JsonLines {
  // pure ASCII, so that a line reads the same whatever the terminal's encoding is
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final PrintWriter out;

  JsonLines(PrintWriter out) {
    this.out = out;
  }

  /** Begins a line. */
  Line line() {
    return new Line();
  }

  /** One JSON object; a field without a value is left out. */
  final class Line {
    private final ObjectNode object = JSON.createObjectNode();

    private Line() {}

    Line with(String name, @Nullable Object value) {
      if (value instanceof Instant || value instanceof Enum<?>) {
        object.put(name, value.toString());
      } else if (value != null) {
        object.set(name, JSON.valueToTree(value));
      }
      return this;
    }

    /** Adds what is JSON already, or would like to be: as a text if it cannot be read as JSON. */
    Line withJson(String name, String text) {
      if (text.isBlank()) {
        return this;
      }
      try {
        JsonNode parsed = JSON.readTree(text);
        object.set(name, parsed);
      } catch (JacksonException notJson) {
        object.put(name, text);
      }
      return this;
    }

    void write() {
      String text;
      try {
        text = JSON.writeValueAsString(object);
      } catch (JacksonException e) {
        throw new IllegalStateException(e);
      }
      // the listener's thread and the command's must not mix their lines
      synchronized (JsonLines.this) {
        out.println(text);
        out.flush();
      }
    }
  }
}
