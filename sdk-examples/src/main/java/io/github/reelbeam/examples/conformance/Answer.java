package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the backend answered, as it was on the wire.
 *
 * @param sent what it was asked, in words
 * @param took from the request to the last byte of the answer
 * @param ofContract whether it was asked something that the contract speaks of
 */
record Answer(
    String sent, int status, Headers headers, String body, Duration took, boolean ofContract) {
  private static final ObjectMapper JSON = new ObjectMapper();

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isRedirect() {
    return status >= 300 && status < 400;
  }

  /** Whether a client tries the same again. */
  boolean isRetried() {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  /** The body, if it is JSON of any kind. */
  Optional<JsonNode> json() {
    try {
      return Optional.ofNullable(JSON.readTree(body)).filter(node -> !node.isMissingNode());
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** The refusal's code for programs; empty if there is none. */
  String code() {
    return text("code");
  }

  /** The refusal's message for people; empty if there is none. */
  String message() {
    return text("message");
  }

  private String text(String field) {
    return json().map(node -> node.path(field).asText("")).orElse("");
  }

  /** The media type of the body without its parameters; empty if there is none. */
  String mediaType() {
    return header("Content-Type").split(";", 2)[0].strip();
  }

  String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  /** The backend's clock, or null if it does not tell. */
  @Nullable Instant date() {
    return headers.getInstant("Date");
  }

  /** In words, without the body: that may hold credentials. */
  String inWords() {
    if (isRedirect()) {
      return status + ", a redirect to " + header("Location") + ", which clients do not follow";
    }
    if (isSuccess()) {
      return String.valueOf(status);
    }
    if (json().filter(JsonNode::isObject).isEmpty()) {
      return status
          + " with a body that is no JSON object"
          + (mediaType().isEmpty() ? "" : " (" + mediaType() + ")");
    }
    return status
        + (code().isEmpty() ? " without a code" : " " + code())
        + (message().isEmpty() ? "" : ": " + message());
  }

  /** Shows the status; the body may hold secrets. */
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
