package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.internal.http.Connectivity;
import io.github.reelbeam.internal.http.ProxyRefusedException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Tells what a failure means. Pure. */
final class FailureClassifier {
  // Amazon S3 API reference, "Error responses", and what STS credentials add to it
  private static final Set<String> CREDENTIAL_CODES =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "TokenRefreshRequired",
          "InvalidToken",
          "InvalidAccessKeyId");
  private static final Set<String> DENIED_CODES =
      Set.of("AccessDenied", "Forbidden", "AllAccessDisabled", "SignatureDoesNotMatch");
  private static final Set<String> THROTTLE_CODES =
      Set.of(
          "SlowDown",
          "ServiceUnavailable",
          "TooManyRequests",
          "RequestLimitExceeded",
          "Throttling");
  // the bytes were damaged or cut short on their way, or the clock was off: the next try differs
  private static final Set<String> TRANSIENT_CODES =
      Set.of(
          "RequestTimeout",
          "RequestTimeTooSkewed",
          "InternalError",
          "OperationAborted",
          "IncompleteBody",
          "BadDigest",
          "InvalidDigest",
          "XAmzContentChecksumMismatch");

  private FailureClassifier() {}

  static FailureKind kindOf(Throwable failure) {
    // a cause of our own says more than the exceptions the SDK has put around it
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof SourceChangedException) {
        return FailureKind.SOURCE_CHANGED;
      }
      if (t instanceof SourceReadException) {
        return FailureKind.SOURCE;
      }
      if (t instanceof CorruptObjectException) {
        return FailureKind.CORRUPT;
      }
      if (t instanceof GrantException) {
        return FailureKind.GRANT;
      }
      if (t instanceof ObserverStop || t instanceof UploadException) {
        return FailureKind.STOPPED_BY_OBSERVER;
      }
    }
    AwsServiceException answer = find(failure, AwsServiceException.class);
    if (answer != null) {
      return kindOfAnswer(code(answer), answer.statusCode());
    }
    if (ProxyRefusedException.isIn(failure)) {
      return FailureKind.PROXY_LOGIN;
    }
    if (Connectivity.isUnreachable(failure)) {
      return FailureKind.UNREACHABLE;
    }
    return find(failure, IOException.class) != null ? FailureKind.TRANSIENT : FailureKind.REJECTED;
  }

  /** What an answer of the store means. */
  static FailureKind kindOfAnswer(@Nullable String code, int status) {
    if (code != null) {
      if (CREDENTIAL_CODES.contains(code)) {
        return FailureKind.CREDENTIALS;
      }
      if (DENIED_CODES.contains(code)) {
        return FailureKind.DENIED;
      }
      if (code.equals("NoSuchUpload")) {
        return FailureKind.UPLOAD_GONE;
      }
      if (THROTTLE_CODES.contains(code)) {
        return FailureKind.THROTTLED;
      }
      if (TRANSIENT_CODES.contains(code)) {
        return FailureKind.TRANSIENT;
      }
    }
    if (status == 401 || status == 403) {
      return FailureKind.DENIED;
    }
    if (status == 429 || status == 503) {
      return FailureKind.THROTTLED;
    }
    if (status >= 300 && status < 400 && code == null) {
      // the store's own redirects say what they are: it was something on the way that answered
      return FailureKind.TRANSIENT;
    }
    if (status == 501) {
      // the store cannot do what was asked for
      return FailureKind.REJECTED;
    }
    // 200 comes with an error in the body when Complete fails after its headers went out
    return status >= 500 || status == 408 || status == 200
        ? FailureKind.TRANSIENT
        : FailureKind.REJECTED;
  }

  /** The failure in words, without secrets. */
  static String describe(Throwable failure) {
    AwsServiceException answer = find(failure, AwsServiceException.class);
    if (answer != null) {
      AwsErrorDetails details = answer.awsErrorDetails();
      String message = details == null ? null : details.errorMessage();
      return "the store answered "
          + answer.statusCode()
          + (code(answer) == null ? "" : " " + code(answer))
          + (message == null || message.isBlank() ? "" : ": " + withoutStop(message));
    }
    Throwable deepest = failure;
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof IOException || t instanceof UploadException) {
        return t.getMessage() == null ? t.toString() : t.getMessage();
      }
      deepest = t;
    }
    return deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
  }

  /** What follows brings a full stop of its own. */
  private static String withoutStop(String message) {
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  static @Nullable String requestId(Throwable failure) {
    AwsServiceException answer = find(failure, AwsServiceException.class);
    return answer == null ? null : answer.requestId();
  }

  static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }

  private static @Nullable String code(AwsServiceException answer) {
    return answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
  }
}
