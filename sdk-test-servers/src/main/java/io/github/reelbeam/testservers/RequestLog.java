package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.reelbeam.backend.ApiRequest;
import io.github.reelbeam.backend.ApiResponse;
import io.github.reelbeam.backend.UploadHandlers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands before the {@link UploadHandlers} and records what they are asked and what they grant. For
 * clients that know no renewal tokens it keeps the tokens here and adds them to their requests.
 */
final class RequestLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final UploadHandlers handlers;
  private final EmbeddedS3 s3;
  private final boolean plain;
  private final Map<String, String> tokensByKey = new ConcurrentHashMap<>();
  private final List<IssuedGrant> issued = new CopyOnWriteArrayList<>();
  private final List<Notification> notifications = new CopyOnWriteArrayList<>();

  RequestLog(UploadHandlers handlers, EmbeddedS3 s3, boolean plain) {
    this.handlers = handlers;
    this.s3 = s3;
    this.plain = plain;
  }

  ApiResponse grant(ApiRequest request) {
    return noted(request, handlers.grant(request), false);
  }

  ApiResponse renew(ApiRequest request) {
    return noted(request, handlers.renew(plain ? withToken(request) : request), true);
  }

  ApiResponse register(ApiRequest request) {
    JsonNode body = read(request.body());
    if (body.isObject()) {
      notifications.add(new Notification(request.idempotencyKey(), body));
    }
    return handlers.register(request);
  }

  private ApiResponse noted(ApiRequest request, ApiResponse response, boolean renewal) {
    if (response.status() >= 300) {
      return response;
    }
    JsonNode asked = read(request.body());
    ObjectNode grant = (ObjectNode) read(response.body().getBytes(UTF_8));
    String key = grant.path("key").asText();
    String accessKeyId = grant.path("credentials").path("AccessKeyId").asText();
    // the answer has it in whole seconds
    Instant expiration = s3.issued(accessKeyId).orElseThrow().expiration();
    issued.add(
        new IssuedGrant(
            key,
            request.subject(),
            asked.path("fileName").asText(""),
            asked.path("contentType").asText(""),
            asked.path("size").asLong(-1),
            metadata(asked),
            accessKeyId,
            expiration,
            renewal));
    return plain ? withoutToken(key, grant, response) : response;
  }

  private static Map<String, String> metadata(JsonNode asked) {
    Map<String, String> metadata = new LinkedHashMap<>();
    asked
        .path("metadata")
        .properties()
        .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
    return metadata;
  }

  private ApiResponse withoutToken(String key, ObjectNode grant, ApiResponse response) {
    tokensByKey.put(key, grant.remove("renewalToken").asText());
    return new ApiResponse(response.status(), response.headers(), grant.toString());
  }

  private ApiRequest withToken(ApiRequest request) {
    if (!(read(request.body()) instanceof ObjectNode body)) {
      return request;
    }
    body.put("renewalToken", tokensByKey.get(body.path("key").asText()));
    return new ApiRequest(
        request.subject(), request.idempotencyKey(), body.toString().getBytes(UTF_8));
  }

  /** The handlers judge what is sent; here it only has to be shown. */
  private static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<IssuedGrant> issued() {
    return List.copyOf(issued);
  }

  List<Notification> notifications() {
    return List.copyOf(notifications);
  }
}
