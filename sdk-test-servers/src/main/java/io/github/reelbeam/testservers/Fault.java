package io.github.reelbeam.testservers;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link FaultProxy} does to one request. */
public sealed interface Fault {
  /** What S3 says when it does not say what it was. */
  String INTERNAL_ERROR = "We encountered an internal error. Please try again.";

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

  /** Lets it through, holds the answer back, and keeps the connection open. */
  record StallResponse() implements Fault {}

  /** Lets it through, and gives this answer in the place of the server's own. */
  record AnswerAfterEffect(Answer answer) implements Fault {}

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
    return s3Error(400, "ExpiredToken", "The provided token has expired.");
  }

  /** An error document of S3. */
  static Fault s3Error(int status, String code, String message) {
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
