package io.github.reelbeam.testservers;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link FaultProxy} does to one request. */
public sealed interface Fault {
  /** What S3 says when it does not say what it was. */
  String INTERNAL_ERROR = "We encountered an internal error. Please try again.";

  /** Lets it through. */
  record Pass() implements Fault {}

  /**
   * Takes the whole body, passes nothing on and answers in the server's place.
   *
   * @param headers without Content-Type, the body is announced as XML
   */
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

  /** Lets it through, holds the answer back, and keeps the connection open. */
  record StallResponse() implements Fault {}

  /** Lets it through, and gives this answer in the place of the server's own. */
  record AnswerAfterEffect(Answer answer) implements Fault {}

  /**
   * Takes the whole body, passes nothing on, writes this in the place of an answer and ends the
   * connection. What is written need not be HTTP.
   *
   * @param characters each a byte
   */
  record RawAnswer(String characters) implements Fault {}

  /**
   * Lets it through and passes the answer's head on, but ends the connection once so many bytes of
   * the answer's body have been passed on. An answer without a body arrives whole.
   */
  record TruncateResponse(long bodyBytes) implements Fault {}

  /** Lets it through, and passes the answer on, head and all, no faster than this. */
  record SlowResponse(long bytesPerSecond) implements Fault {}

  /**
   * Sends it to the server twice, one after the other, as a box in the middle does that believes
   * the first one lost. The client gets the second answer. The body is kept in memory meanwhile.
   */
  record Duplicate() implements Fault {}

  /**
   * Holds it back until another request to this proxy has ended, so that it overtakes this one.
   *
   * @param atMost when it goes on even if there is no other
   */
  record HoldRequest(Duration atMost) implements Fault {}

  /**
   * Lets it through, and holds the answer back until another request to this proxy has ended, so
   * that the answers come in another order than the requests went.
   *
   * @param atMost when it goes on even if there is no other
   */
  record HoldAnswer(Duration atMost) implements Fault {}

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
    return s3Error(500, "InternalError", INTERNAL_ERROR);
  }

  /** 500 InternalError, though the request has taken effect. */
  static Fault internalErrorAfterEffect() {
    return new AnswerAfterEffect(error(500, "InternalError", INTERNAL_ERROR));
  }

  /** 200 with an error in the body, as CompleteMultipartUpload may answer. */
  static Fault okWithError() {
    return error(200, "InternalError", INTERNAL_ERROR);
  }

  /** 200 with an error in the body, though the request has taken effect. */
  static Fault okWithErrorAfterEffect() {
    return new AnswerAfterEffect(error(200, "InternalError", INTERNAL_ERROR));
  }

  /**
   * What CompleteMultipartUpload answers.
   *
   * @param checksum the CRC32 in Base64, or null for a store that gives none
   */
  static Answer completed(String eTag, @Nullable String checksum) {
    String crc32 = checksum == null ? "" : "<ChecksumCRC32>%s</ChecksumCRC32>".formatted(checksum);
    return new Answer(
        200,
        Map.of(),
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <CompleteMultipartUploadResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
          <ETag>%s</ETag>%s
        </CompleteMultipartUploadResult>
        """
            .formatted(eTag, crc32));
  }

  /** 404 NoSuchUpload. */
  static Fault noSuchUpload() {
    return s3Error(404, "NoSuchUpload", "The specified multipart upload does not exist.");
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
    return expiredToken(400);
  }

  /** ExpiredToken with another status, such as 403: what stores other than AWS answer. */
  static Fault expiredToken(int status) {
    return s3Error(status, "ExpiredToken", "The provided token has expired.");
  }

  /**
   * RequestTimeTooSkewed, as for a client whose clock is off.
   *
   * @param status 403 at AWS, 400 at others
   * @param serverTime what the Date header says, or null for none
   */
  static Fault requestTimeTooSkewed(int status, @Nullable Instant serverTime) {
    return new Answer(
        status,
        serverTime == null
            ? Map.of()
            : Map.of(
                "Date",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(serverTime.atOffset(ZoneOffset.UTC))),
        xml(
            "RequestTimeTooSkewed",
            "The difference between the request time and the current time is too large."));
  }

  /**
   * The page that a hotel's or a train's network shows until somebody has agreed to something.
   *
   * @param status 200; 302 or another one that sends the client to the page; 511
   * @param login where the page is
   */
  static Fault captivePortal(int status, URI login) {
    return new Answer(
        status,
        status >= 300 && status < 400
            ? Map.of("Content-Type", "text/html", "Location", login.toString())
            : Map.of("Content-Type", "text/html"),
        """
        <!DOCTYPE html>
        <html><head><title>Welcome</title></head>
        <body><p>Please <a href="%s">log in</a> to use this network.</body></html>
        """
            .formatted(login));
  }

  /** An answer that is no HTTP, as of a port where something else listens. */
  static Fault garbage() {
    return new RawAnswer("\u0015\u0003\u0003\u0000\u0002\u0002P what is this?\r\n\r\n");
  }

  /** An answer that ends within its status line. */
  static Fault cutHead() {
    return new RawAnswer("HTTP/1.1 20");
  }

  /** An error as the app's backend puts it, in JSON. */
  static Answer backendError(int status, String code, String message) {
    return new Answer(
        status,
        Map.of("Content-Type", "application/json"),
        "{\"code\":\"%s\",\"message\":\"%s\"}".formatted(code, message));
  }

  /** 503 of the app's backend with Retry-After, in whole seconds. */
  static Fault backendBusy(Duration retryAfter) {
    return new Answer(
        503,
        Map.of(
            "Content-Type",
            "application/json",
            "Retry-After",
            Long.toString(retryAfter.toSeconds())),
        "{\"code\":\"busy\",\"message\":\"come back later\"}");
  }

  /** An error document of S3. */
  static Answer s3Error(int status, String code, String message) {
    return error(status, code, message);
  }

  private static Answer error(int status, String code, String message) {
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
