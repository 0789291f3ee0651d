package io.github.reelbeam.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a grant as a client reads them. All that is wrong is found at once, and not only
 * the first thing.
 */
final class GrantFields {
  /** S3's own limit. */
  private static final int LONGEST_KEY = 1024;

  // for credentials whose end cannot be read, so that the rest of the backend can still be checked
  private static final Duration UNKNOWN_VALIDITY = Duration.ofMinutes(15);

  private final JsonNode grant;
  private final JsonNode credentials;
  private final Instant now;
  private final List<String> problems = new ArrayList<>();

  GrantFields(JsonNode grant, @Nullable Instant date) {
    this.grant = grant;
    this.credentials = grant.path("credentials");
    this.now = date == null ? Instant.now() : date;
    look();
  }

  private void look() {
    if (!credentials.isObject()) {
      problems.add("credentials " + (credentials.isMissingNode() ? "is missing" : "is no object"));
    } else {
      List.of("AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "region", "bucket")
          .forEach(name -> required(credentials, "credentials.", name));
      if (credentials.path("bucket").asText().contains("/")) {
        problems.add("credentials.bucket has a slash in it");
      }
    }
    required(grant, "", "key");
    keyProblem(grant.path("key").asText()).ifPresent(problem -> problems.add("key " + problem));
    if (isThere("endpoint") && !isEndpoint(grant.path("endpoint"))) {
      problems.add("endpoint is no http or https URL with just a host");
    }
    if (isThere("pathStyleAccess") && !grant.path("pathStyleAccess").isBoolean()) {
      problems.add("pathStyleAccess is neither true nor false");
    }
    if (isThere("renewalToken") && !grant.path("renewalToken").isTextual()) {
      problems.add("renewalToken is no string");
    }
  }

  private boolean isThere(String name) {
    return grant.hasNonNull(name);
  }

  private void required(JsonNode parent, String path, String name) {
    JsonNode value = parent.path(name);
    if (value.isMissingNode() || value.isNull()) {
      problems.add(path + name + " is missing");
    } else if (!value.isTextual()) {
      problems.add(path + name + " is no string");
    } else if (value.asText().isBlank()) {
      problems.add(path + name + " is empty");
    } else if (!value.asText().equals(value.asText().strip())) {
      problems.add(path + name + " has white space around it");
    }
  }

  private static Optional<String> keyProblem(String key) {
    if (key.startsWith("/")) {
      return Optional.of("begins with a slash");
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      return Optional.of("is longer than the 1,024 bytes that S3 takes");
    }
    for (String segment : key.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return Optional.of("has a segment '" + segment + "'");
      }
    }
    return Optional.empty();
  }

  private static boolean isEndpoint(JsonNode value) {
    try {
      URI uri = URI.create(value.isTextual() ? value.asText() : "");
      return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What is missing or malformed, each beginning with the field's name; never with a value. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** {@code Expiration} as it was sent. */
  String expiration() {
    return credentials.path("Expiration").asText();
  }

  /** {@code Expiration} as clients read it: ISO 8601 with {@code Z} or an offset. */
  Optional<Instant> expires() {
    try {
      return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(expiration(), Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** How long the credentials hold, by the clock of the backend that issued them. */
  Optional<Duration> validFor() {
    return expires().map(end -> Duration.between(now, end));
  }

  /**
   * The grant to go on with.
   *
   * @throws IllegalStateException if there are {@link #problems}
   */
  UploadGrant grant() {
    if (!problems.isEmpty()) {
      throw new IllegalStateException("no grant");
    }
    Duration left = validFor().filter(time -> !time.isNegative()).orElse(UNKNOWN_VALIDITY);
    return new UploadGrant(
        new TemporaryCredentials(
            credentials.path("AccessKeyId").asText(),
            credentials.path("SecretAccessKey").asText(),
            credentials.path("SessionToken").asText(),
            now.plus(left)),
        credentials.path("bucket").asText(),
        grant.path("key").asText(),
        credentials.path("region").asText(),
        isThere("endpoint") ? URI.create(grant.path("endpoint").asText()) : null,
        grant.path("pathStyleAccess").asBoolean(false),
        isThere("renewalToken") ? grant.path("renewalToken").asText() : null,
        left);
  }

  /** Shows what is wrong. */
  @Override
  public String toString() {
    return "GrantFields" + problems;
  }
}
