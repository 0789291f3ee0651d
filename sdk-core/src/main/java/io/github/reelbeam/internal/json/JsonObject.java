package io.github.reelbeam.internal.json;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An object, whose fields stay in the order in which they were put. */
final class JsonObject implements JsonValue {
  private final Map<String, @Nullable JsonValue> fields = new LinkedHashMap<>();

  JsonObject put(String name, @Nullable JsonValue value) {
    fields.put(name, value);
    return this;
  }

  JsonObject put(String name, String text) {
    return put(name, new JsonValue.Text(text));
  }

  JsonObject put(String name, long number) {
    return put(name, new JsonValue.Numeral(Long.toString(number), true));
  }

  JsonObject put(String name, boolean flag) {
    return put(name, new JsonValue.Flag(flag));
  }

  JsonObject putIfThere(String name, @Nullable String text) {
    return text == null ? this : put(name, text);
  }

  /** Null if there is no such field, too. */
  @Nullable JsonValue get(String name) {
    return fields.get(name);
  }

  Set<String> names() {
    return fields.keySet();
  }

  Map<String, @Nullable JsonValue> fields() {
    return fields;
  }
}
