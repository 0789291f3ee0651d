package io.github.reelbeam.testservers;

import java.time.Duration;
import java.util.Map;

/** What a {@link FaultProxy} does to one request. */
public sealed interface Fault {

  /** Lets it through. */
  record Pass() implements Fault {}

  /** Takes the whole body, passes nothing on and answers in the server's place. */
  record Answer(int status, Map<String, String> headers, String body) implements Fault {}

  /**
   * Resets the connection (RST) once so many bytes of the body have arrived. The server never gets
   * the last of them, so that the request has no effect even if they are all there are.
   */
  record ResetAfter(long bodyBytes) implements Fault {}

  /** Stops reading once so many bytes of the body have arrived, and keeps the connection open. */
  record StallAfter(long bodyBytes) implements Fault {}

  /** Lets it through, and resets the connection when the answer is there. */
  record DropResponse() implements Fault {}

  /** Waits before it lets it through. */
  record Delay(Duration by) implements Fault {}

  /** Takes the body no faster than this. */
  record LimitRate(long bytesPerSecond) implements Fault {}

  /** Lets it through. */
  static Fault pass() {
    return new Pass();
  }

  /** 500 InternalError. */
  static Fault internalError() {
    return s3Error(500, "InternalError", "We encountered an internal error. Please try again.");
  }

  /** 503 SlowDown with Retry-After, in whole seconds. */
  static Fault slowDown(Duration retryAfter) {
    return new Answer(
        503,
        Map.of("Retry-After", Long.toString(retryAfter.toSeconds())),
        xml("SlowDown", "Please reduce your request rate."));
  }

  /** 403 AccessDenied. */
  static Fault accessDenied() {
    return s3Error(403, "AccessDenied", "Access Denied");
  }

  /** 400 ExpiredToken, as AWS answers when temporary credentials have run out. */
  static Fault expiredToken() {
    return s3Error(400, "ExpiredToken", "The provided token has expired.");
  }

  /** An error document of S3. */
  static Fault s3Error(int status, String code, String message) {
    return new Answer(status, Map.of(), xml(code, message));
  }

  private static String xml(String code, String message) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Error><Code>%s</Code><Message>%s</Message><RequestId>FAULTPROXY</RequestId></Error>
    """
        .formatted(code, message);
  }
}
