package io.github.reelbeam.testservers;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Refusals that S3Proxy does not know, with the status and code that AWS answers. */
enum S3Refusal {
  EXPIRED_TOKEN(400, "ExpiredToken", "The provided token has expired."),
  INVALID_TOKEN(400, "InvalidToken", "The provided token is malformed or otherwise invalid."),
  ACCESS_DENIED(403, "AccessDenied", "Access Denied"),
  NO_SUCH_UPLOAD(404, "NoSuchUpload", "The specified multipart upload does not exist.");

  private final int status;
  private final String code;
  private final String message;

  S3Refusal(int status, String code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  /** The form in which S3Proxy carries errors from its stores. */
  AwsServiceException exception() {
    return S3Exception.builder()
        .statusCode(status)
        .message(message)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }
}
