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

  private static final Pattern PART_NUMBER = Pattern.compile("[?&]partNumber=([0-9]{1,5})(?:&|$)");

  public RequestHead {
    headers = Map.copyOf(headers);
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
