package io.github.reelbeam.backend;

import java.io.IOException;
import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Why a store did not do what it was asked for, and what to do about it.
 *
 * @param text a sentence without its full stop
 * @param isTransient whether it may do it later
 */
record StoreRefusal(String text, boolean isTransient) {

  /**
   * Explains a failure.
   *
   * @param half {@code CORS} or {@code lifecycle}
   * @param action what S3 calls the permission, such as {@code s3:PutBucketCORS}
   */
  static StoreRefusal of(SdkException failure, String half, String bucket, String action) {
    return failure instanceof AwsServiceException answer
        ? answered(answer, half, bucket, action)
        : unanswered(failure, bucket);
  }

  private static StoreRefusal answered(
      AwsServiceException answer, String half, String bucket, String action) {
    String code = code(answer);
    return switch (code) {
      case "NoSuchBucket" ->
          lasting(
              "there is no bucket '%s' at this store: create it, or check its name and the endpoint"
                  .formatted(bucket));
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken" ->
          lasting("the store does not accept the keys (%s): check them".formatted(code));
      case "PermanentRedirect", "AuthorizationHeaderMalformed" ->
          lasting(
              "the bucket '%s' is in another region (%s): name that one"
                  .formatted(bucket, said(answer)));
      default -> byStatus(answer, half, bucket, action);
    };
  }

  private static StoreRefusal byStatus(
      AwsServiceException answer, String half, String bucket, String action) {
    int status = answer.statusCode();
    return switch (status) {
      case 405, 501 ->
          lasting(
              ("this store has no %s configuration (%s): leave %s out of the set-up, and the rest"
                      + " can still be done")
                  .formatted(half, code(answer), half));
      case 403 ->
          lasting(
              "the %s configuration of bucket '%s' is out of bounds (%s): the caller needs %s"
                  .formatted(half, bucket, code(answer), action));
      default ->
          new StoreRefusal(
              "the store refused the %s configuration of bucket '%s': %s"
                  .formatted(half, bucket, said(answer)),
              status >= 500 || answer.isThrottlingException());
    };
  }

  private static StoreRefusal unanswered(SdkException failure, String bucket) {
    return Causes.contain(IOException.class, failure)
        ? new StoreRefusal("the store is out of reach: " + failure.getMessage(), true)
        : lasting("bucket '%s' could not be looked at: %s".formatted(bucket, failure.getMessage()));
  }

  private static StoreRefusal lasting(String text) {
    return new StoreRefusal(text, false);
  }

  /** The store's code for the error, or the status where it gives none. */
  static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    return Objects.requireNonNullElse(code, "HTTP " + answer.statusCode());
  }

  private static String said(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String message = details == null ? null : details.errorMessage();
    return code(answer)
        + (message == null || message.isBlank() ? "" : ", " + message)
        + (answer.requestId() == null ? "" : ", request id " + answer.requestId());
  }
}
