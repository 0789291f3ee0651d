package io.github.reelbeam.testservers;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@link FaultProxy} knows of a request before its body.
 *
 * @param target as sent: path and query
 * @param headers names in lower case; of repeated ones the last
 * @param attempt counts the requests with this method and target, from 1
 */
public record RequestHead(String method, String target, Map<String, String> headers, int attempt) {

  /** What a request asks for: of S3 on one object, or of the app's backend. */
  public enum Kind {
    /** CreateMultipartUpload. */
    CREATE,
    /** UploadPart. */
    PART,
    /** ListParts. */
    LIST,
    /** CompleteMultipartUpload. */
    COMPLETE,
    /** AbortMultipartUpload. */
    ABORT,
    /** PutObject. */
    PUT,
    /** POST /api/v1/uploads. */
    GRANT,
    /** POST /api/v1/uploads/renewals. */
    RENEWAL,
    /** POST /api/v1/video. */
    NOTIFICATION,
    /** Anything else. */
    OTHER;

    /** Whether this is for the app's backend. */
    public boolean isForBackend() {
      return this == GRANT || this == RENEWAL || this == NOTIFICATION;
    }
  }

  private static final Map<String, Kind> BACKEND =
      Map.of(
          "/api/v1/uploads", Kind.GRANT,
          "/api/v1/uploads/renewals", Kind.RENEWAL,
          "/api/v1/video", Kind.NOTIFICATION);

  private static final Pattern PART_NUMBER = Pattern.compile("[?&]partNumber=([0-9]{1,5})(?:&|$)");

  public RequestHead {
    headers = Map.copyOf(headers);
  }

  /** What it asks for. */
  public Kind kind() {
    if (isCreate()) {
      return Kind.CREATE;
    }
    if (isComplete()) {
      return Kind.COMPLETE;
    }
    if (isAbort()) {
      return Kind.ABORT;
    }
    if (isListParts()) {
      return Kind.LIST;
    }
    if (method.equals("PUT")) {
      return partNumber().isPresent() ? Kind.PART : Kind.PUT;
    }
    return method.equals("POST") ? BACKEND.getOrDefault(path(), Kind.OTHER) : Kind.OTHER;
  }

  /** The target without its query; for S3 this names bucket and key. */
  public String path() {
    return target.split("\\?", 2)[0];
  }

  /** The part number, if this uploads a part. */
  public OptionalInt partNumber() {
    Matcher query = PART_NUMBER.matcher(target);
    return method.equals("PUT") && query.find()
        ? OptionalInt.of(Integer.parseInt(query.group(1)))
        : OptionalInt.empty();
  }

  /** Whether this is CreateMultipartUpload. */
  public boolean isCreate() {
    return method.equals("POST") && target.matches(".*[?&]uploads(=?)(&.*)?");
  }

  /** Whether this is CompleteMultipartUpload. */
  public boolean isComplete() {
    return method.equals("POST") && target.contains("uploadId=");
  }

  /** Whether this is AbortMultipartUpload. */
  public boolean isAbort() {
    return method.equals("DELETE") && target.contains("uploadId=");
  }

  /** Whether this is ListParts. */
  public boolean isListParts() {
    return method.equals("GET") && target.contains("uploadId=");
  }

  Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName));
  }

  boolean waitsForContinue() {
    return header("expect").filter(value -> value.equalsIgnoreCase("100-continue")).isPresent();
  }

  /** The same, of a client that does not wait for "100 Continue". */
  RequestHead withoutExpectation() {
    Map<String, String> others = new HashMap<>(headers);
    others.remove("expect");
    return new RequestHead(method, target, others, attempt);
  }

  /** Whether the client sends no other request by the same connection. */
  boolean isLast() {
    return header("connection").filter(value -> value.equalsIgnoreCase("close")).isPresent();
  }

  boolean isChunked() {
    return header("transfer-encoding").filter(v -> v.equalsIgnoreCase("chunked")).isPresent();
  }

  OptionalLong contentLength() {
    return header("content-length").stream().mapToLong(Long::parseLong).findFirst();
  }
}
