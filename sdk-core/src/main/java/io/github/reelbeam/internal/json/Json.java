package io.github.reelbeam.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bytes to trees and back. Trees are mapped by hand: data binding would need reflection, which R8
 * breaks and which makes the first call on a phone slow.
 */
final class Json {
  /** More than any answer of a backend needs, and little enough to hold. */
  static final int MAX_DOCUMENT_BYTES = 1 << 20;

  private static final int MAX_DEPTH = 32;
  private static final int MAX_STRING = 256 << 10;

  /** Metadata have the longest names, and S3 takes 2 KB of them in all. */
  private static final int MAX_NAME = 8 << 10;

  /** Those that are read have 19 digits at most; to make a number of many takes long. */
  private static final int MAX_DIGITS = 100;

  private Json() {}

  /** Made on first use, so that an app that only links Reelbeam does not pay for it. */
  private static final class Lazy {
    static final ObjectMapper MAPPER =
        new ObjectMapper(
                JsonFactory.builder()
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
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The map as an object, its keys sorted: the same map gives the same document. */
  static ObjectNode object(Map<String, String> texts) {
    ObjectNode node = object();
    new TreeMap<>(texts).forEach(node::put);
    return node;
  }

  static byte[] write(ObjectNode document) {
    try {
      // by way of a text: a file name with half a surrogate pair becomes one with a "?", where
      // writing bytes at once would fail
      return Lazy.MAPPER.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of texts and numbers can always be written", e);
    }
  }

  /** Reads a document that must be an object. */
  static Fields readObject(byte[] document) throws MalformedJsonException {
    JsonNode node = read(document);
    if (!node.isObject()) {
      throw new MalformedJsonException("", "it is not a JSON object");
    }
    return new Fields(node, "");
  }

  static JsonNode read(byte[] document) throws MalformedJsonException {
    if (document.length > MAX_DOCUMENT_BYTES) {
      throw new MalformedJsonException("", "it is longer than " + MAX_DOCUMENT_BYTES + " bytes");
    }
    try {
      return Lazy.MAPPER.readTree(document);
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
