package io.github.reelbeam.testservers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON of a request to the backend, with the checks that every endpoint needs. */
record ApiRequest(String subject, @Nullable String idempotencyKey, JsonNode body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static ApiRequest parse(String subject, @Nullable String idempotencyKey, String text)
      throws ApiRefusal {
    JsonNode body;
    try {
      body = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw ApiRefusal.badRequest("the body is not JSON");
    }
    if (!body.isObject()) {
      throw ApiRefusal.badRequest("the body is not a JSON object");
    }
    return new ApiRequest(subject, idempotencyKey, body);
  }

  String required(String field) throws ApiRefusal {
    return text(field)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> ApiRefusal.badRequest(field + " is missing"));
  }

  Optional<String> text(String field) throws ApiRefusal {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw ApiRefusal.badRequest(field + " is not a string");
    }
    return Optional.of(value.asText());
  }

  /** A size in bytes, or -1 where none is told. */
  long size() throws ApiRefusal {
    JsonNode value = body.path("size");
    if (value.isMissingNode() || value.isNull()) {
      return -1;
    }
    if (!value.canConvertToLong() || !value.isIntegralNumber() || value.asLong() < 0) {
      throw ApiRefusal.badRequest("size is not a number of bytes");
    }
    return value.asLong();
  }

  Map<String, String> metadata() throws ApiRefusal {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : body.path("metadata").properties()) {
      if (!entry.getValue().isTextual()) {
        throw ApiRefusal.badRequest("metadata." + entry.getKey() + " is not a string");
      }
      metadata.put(entry.getKey(), entry.getValue().asText());
    }
    return metadata;
  }
}
