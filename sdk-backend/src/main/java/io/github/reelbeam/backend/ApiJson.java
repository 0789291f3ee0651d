package io.github.reelbeam.backend;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the requests of the wire contract. A field that is wrong is named in the refusal; one that
 * the contract does not know is ignored, so that clients may be newer than their backend.
 */
final class ApiJson {
  // what the contract has is three levels deep; anything deeper is an attack on the stack
  private static final int DEEPEST = 16;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  // two readers of the same request must not see two different values
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** S3's limit for a key, and more than any file system takes for a name. */
  private static final int LONGEST_TEXT = 1024;

  // databases refuse them, which would be an error of the backend's for ever
  private static final Pattern NOT_TEXT = Pattern.compile("[\\x00\\p{Cs}]");
  private static final Pattern UPLOAD_ID = Pattern.compile("[\\x21-\\x7E]{1,128}");
  private static final Pattern SHOWN_NAME = Pattern.compile("[\\w.-]{1,64}");

  private final JsonNode body;

  private ApiJson(JsonNode body) {
    this.body = body;
  }

  /**
   * Reads a body.
   *
   * @throws RequestRefusedException 413 if it is too long, 400 if it is no JSON object
   */
  static ApiJson parse(byte[] bytes) {
    if (bytes.length > UploadHandlers.LARGEST_REQUEST) {
      throw new RequestRefusedException(
          413,
          "too_large",
          "a request has at most " + UploadHandlers.LARGEST_REQUEST + " bytes of JSON");
    }
    JsonNode body;
    try {
      body = JSON.readTree(text(bytes));
    } catch (CharacterCodingException e) {
      throw RequestRefusedException.invalid("the body is not UTF-8");
    } catch (JsonProcessingException e) {
      throw RequestRefusedException.invalid(problem(e));
    }
    if (!body.isObject()) {
      throw RequestRefusedException.invalid("the body is not a JSON object");
    }
    return new ApiJson(body);
  }

  /** Decoded here: Jackson would guess the encoding, and let some malformed UTF-8 pass. */
  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }

  private static String problem(JsonProcessingException found) {
    String name = null;
    if (String.valueOf(found.getOriginalMessage()).startsWith("Duplicate field")
        && found.getProcessor() instanceof JsonParser parser) {
      name = parser.getParsingContext().getCurrentName();
    }
    return name != null && SHOWN_NAME.matcher(name).matches()
        ? name + " is there twice"
        : "the body is not JSON, or has a field twice";
  }

  VideoDescription video() {
    return new VideoDescription(required("fileName"), required("contentType"), size(), metadata());
  }

  AssetNotification notification(@Nullable String idempotencyKey) {
    String uploadId = required("uploadId");
    if (!UPLOAD_ID.matcher(uploadId).matches()) {
      throw RequestRefusedException.invalid("uploadId is not 1 to 128 visible ASCII characters");
    }
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
        confirmed());
  }

  String required(String field) {
    String value = text(field);
    if (value == null || value.isBlank()) {
      throw RequestRefusedException.invalid(field + " is missing or empty");
    }
    return value;
  }

  @Nullable String text(String field) {
    JsonNode value = body.path(field);
    return isAbsent(value) ? null : text(field, value);
  }

  private static String text(String field, JsonNode value) {
    if (!value.isTextual()) {
      throw RequestRefusedException.invalid(field + " is not a string");
    }
    String text = value.asText();
    if (text.length() > LONGEST_TEXT) {
      throw RequestRefusedException.invalid(field + " is longer than 1,024 characters");
    }
    if (NOT_TEXT.matcher(text).find()) {
      throw RequestRefusedException.invalid(field + " has characters that no text may have");
    }
    return text;
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private long size() {
    JsonNode value = body.path("size");
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 1) {
      throw RequestRefusedException.invalid("size is not a number of bytes above 0");
    }
    return value.asLong();
  }

  private boolean confirmed() {
    JsonNode value = body.path("confirmed");
    if (!isAbsent(value) && !value.isBoolean()) {
      throw RequestRefusedException.invalid("confirmed is neither true nor false");
    }
    return value.asBoolean(true);
  }

  private @Nullable AssetChecksum checksum() {
    JsonNode value = body.path("checksum");
    if (isAbsent(value)) {
      return null;
    }
    if (!value.isObject()) {
      throw RequestRefusedException.invalid("checksum is not an object");
    }
    return new AssetChecksum(
        text("checksum.algorithm", value.path("algorithm")),
        text("checksum.type", value.path("type")),
        text("checksum.value", value.path("value")));
  }

  private Map<String, String> metadata() {
    JsonNode value = body.path("metadata");
    Map<String, String> metadata = new LinkedHashMap<>();
    if (isAbsent(value)) {
      return metadata;
    }
    if (!value.isObject()) {
      throw RequestRefusedException.invalid("metadata is not an object");
    }
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      String name = entry.getKey();
      if (NOT_TEXT.matcher(name).find()) {
        throw RequestRefusedException.invalid("a name in metadata is no text");
      }
      String shown =
          SHOWN_NAME.matcher(name).matches() ? "metadata." + name : "a value of metadata";
      metadata.put(name, text(shown, entry.getValue()));
    }
    return metadata;
  }
}
