package io.github.reelbeam.examples.backend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.reelbeam.backend.ApiResponse;
import java.util.HashMap;
import java.util.Map;

/** Answers in JSON, beside those that the library makes. */
final class Answers {
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store");

  private Answers() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ApiResponse json(int status, JsonNode body) {
    return new ApiResponse(status, HEADERS, body.toString());
  }

  /** The same answer with one header more. */
  static ApiResponse with(ApiResponse answer, String header, String value) {
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put(header, value);
    return new ApiResponse(answer.status(), headers, answer.body());
  }
}
