package io.github.reelbeam.backend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.reelbeam.backend.AssetNotification.Checksum;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the requests of the wire contract; a field that is wrong is named in the refusal. */
final class ApiJson {
  // what the contract has is three levels deep; anything deeper is an attack on the stack
  private static final int DEEPEST = 16;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .build();

  private final JsonNode body;

  private ApiJson(JsonNode body) {
    this.body = body;
  }

  static ApiJson parse(byte[] bytes) {
    JsonNode body;
    try {
      body = JSON.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw RequestRefusedException.invalid("the body is not JSON");
    } catch (IOException e) {
      throw RequestRefusedException.invalid("the body cannot be read");
    }
    if (body == null || !body.isObject()) {
      throw RequestRefusedException.invalid("the body is not a JSON object");
    }
    return new ApiJson(body);
  }

  VideoDescription video() {
    return new VideoDescription(required("fileName"), required("contentType"), size(), metadata());
  }

  AssetNotification notification(@Nullable String idempotencyKey) {
    String uploadId = required("uploadId");
    if (idempotencyKey != null && !idempotencyKey.equals(uploadId)) {
      throw RequestRefusedException.invalid("uploadId and the header Idempotency-Key differ");
    }
    return new AssetNotification(
        uploadId,
        required("key"),
        text("bucket"),
        text("region"),
        size(),
        text("contentType"),
        text("eTag"),
        checksum(),
        text("fileName"),
        metadata(),
        body.path("confirmed").asBoolean(true));
  }

  String required(String field) {
    String value = text(field);
    if (value == null || value.isBlank()) {
      throw RequestRefusedException.invalid(field + " is missing");
    }
    return value;
  }

  @Nullable String text(String field) {
    return text(body, field);
  }

  private static @Nullable String text(JsonNode parent, String field) {
    JsonNode value = parent.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw RequestRefusedException.invalid(field + " is not a string");
    }
    return value.asText();
  }

  private long size() {
    JsonNode value = body.path("size");
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
      throw RequestRefusedException.invalid("size is not a number of bytes above 0");
    }
    return value.asLong();
  }

  private @Nullable Checksum checksum() {
    JsonNode value = body.path("checksum");
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    String algorithm = text(value, "algorithm");
    String type = text(value, "type");
    String digest = text(value, "value");
    if (algorithm == null || type == null || digest == null) {
      throw RequestRefusedException.invalid("checksum needs algorithm, type and value");
    }
    return new Checksum(algorithm, type, digest);
  }

  private Map<String, String> metadata() {
    JsonNode value = body.path("metadata");
    Map<String, String> metadata = new LinkedHashMap<>();
    if (value.isMissingNode() || value.isNull()) {
      return metadata;
    }
    if (!value.isObject()) {
      throw RequestRefusedException.invalid("metadata is not an object");
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      if (!entry.getValue().isTextual()) {
        throw RequestRefusedException.invalid("a value of metadata is not a string");
      }
      metadata.put(entry.getKey(), entry.getValue().asText());
    }
    return metadata;
  }
}
