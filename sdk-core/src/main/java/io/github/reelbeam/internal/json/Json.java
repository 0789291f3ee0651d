package io.github.reelbeam.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bytes to trees and back, by Jackson's parser alone. Trees are mapped by hand: data binding would
 * need reflection, which R8 breaks and which makes the first call on a phone slow.
 */
final class Json {
  /** More than any answer of a backend needs, and little enough to hold. */
  static final int MAX_DOCUMENT_BYTES = 1 << 20;

  /** Those that are read have 19 digits at most; to make a number of many takes long. */
  static final int MAX_DIGITS = 100;

  private static final int MAX_DEPTH = 32;
  private static final int MAX_STRING = 256 << 10;

  /** Metadata have the longest names, and S3 takes 2 KB of them in all. */
  private static final int MAX_NAME = 8 << 10;

  private Json() {}

  /** Made on first use, so that an app that only links Reelbeam does not pay for it. */
  private static final class Lazy {
    static final JsonFactory FACTORY = newFactory();
  }

  /** A parser and generator with the bounds that hold for whatever others have written. */
  static JsonFactory newFactory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_STRING)
                .maxNameLength(MAX_NAME)
                .maxNumberLength(MAX_DIGITS)
                .maxDocumentLength(MAX_DOCUMENT_BYTES)
                .build())
        // which of two equal keys counts is a guess that attackers make better
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .build();
  }

  static JsonObject object() {
    return new JsonObject();
  }

  /** The map as an object, its keys sorted: the same map gives the same document. */
  static JsonObject object(Map<String, String> texts) {
    JsonObject object = object();
    new TreeMap<>(texts).forEach(object::put);
    return object;
  }

  static byte[] write(JsonObject document) {
    // by way of a text: a file name with half a surrogate pair becomes one with a "?", where
    // writing bytes at once would fail
    StringWriter text = new StringWriter();
    try (JsonGenerator json = Lazy.FACTORY.createGenerator(text)) {
      write(json, document);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree of texts and numbers can always be written", e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator json, @Nullable JsonValue value) throws IOException {
    if (value instanceof JsonObject object) {
      json.writeStartObject();
      for (Map.Entry<String, @Nullable JsonValue> field : object.fields().entrySet()) {
        json.writeFieldName(field.getKey());
        write(json, field.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof JsonValue.Text text) {
      json.writeString(text.value());
    } else if (value instanceof JsonValue.Numeral number) {
      json.writeNumber(number.digits());
    } else if (value instanceof JsonValue.Flag flag) {
      json.writeBoolean(flag.value());
    } else {
      throw new IllegalStateException("nothing that is written has a " + value);
    }
  }

  /** Reads a document that must be an object. */
  static Fields readObject(byte[] document) throws MalformedJsonException {
    if (read(document) instanceof JsonObject object) {
      return new Fields(object, "");
    }
    throw new MalformedJsonException("", "it is not a JSON object");
  }

  /** Reads any document; nothing at all is null, too. */
  static @Nullable JsonValue read(byte[] document) throws MalformedJsonException {
    if (document.length > MAX_DOCUMENT_BYTES) {
      throw new MalformedJsonException("", "it is longer than " + MAX_DOCUMENT_BYTES + " bytes");
    }
    try (JsonDocument json = new JsonDocument(Lazy.FACTORY.createParser(document))) {
      return json.read();
    } catch (JsonProcessingException e) {
      // neither the cause nor its message: they may quote the document
      JsonLocation at = e.getLocation();
      throw new MalformedJsonException(
          "",
          "it is not valid JSON"
              + (at == null
                  ? ""
                  : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")"));
    } catch (IOException e) {
      throw new MalformedJsonException("", "it is not valid JSON");
    }
  }
}
