package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.internal.http.Causes;
import io.github.reelbeam.internal.http.Connectivity;
import io.github.reelbeam.internal.http.ProxyRefusedException;
import io.github.reelbeam.internal.text.OneLine;
import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;
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

  // of what the store says, in characters; messages end up in the journal too
  private static final int LONGEST_WORDS = 500;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_DESCRIPTION = 1000;

  private FailureClassifier() {}

  static FailureKind kindOf(Throwable failure) {
    // a cause of our own says more than the exceptions the SDK has put around it
    for (Throwable t : Causes.of(failure)) {
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
    AwsServiceException answer = Causes.find(failure, AwsServiceException.class);
    if (answer != null) {
      return kindOfAnswer(code(answer), answer.statusCode());
    }
    if (ProxyRefusedException.isIn(failure)) {
      return FailureKind.PROXY_LOGIN;
    }
    if (Connectivity.isUnreachable(failure)) {
      return FailureKind.UNREACHABLE;
    }
    return Causes.find(failure, IOException.class) != null
        ? FailureKind.TRANSIENT
        : FailureKind.REJECTED;
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

  /**
   * The failure in words: one line of a length that can be read.
   *
   * @param redaction takes secrets out, before anything is cut: half of one would not be found
   */
  static String describe(Throwable failure, UnaryOperator<String> redaction) {
    AwsServiceException answer = Causes.find(failure, AwsServiceException.class);
    if (answer != null) {
      AwsErrorDetails details = answer.awsErrorDetails();
      String code = details == null ? null : code(details, redaction);
      String message = details == null ? null : message(details, redaction);
      return "the store answered "
          + answer.statusCode()
          + (code == null ? "" : " " + code)
          + (message == null || message.trim().isEmpty() ? "" : ": " + withoutStop(message));
    }
    Throwable deepest = failure;
    for (Throwable t : Causes.of(failure)) {
      deepest = t;
      if (t instanceof IOException || t instanceof UploadException) {
        break;
      }
    }
    String message = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    return OneLine.of(redaction.apply(message), LONGEST_DESCRIPTION);
  }

  /** The store's code for an error, made fit to be shown. */
  static @Nullable String code(AwsErrorDetails details, UnaryOperator<String> redaction) {
    String code = details.errorCode();
    return code == null ? null : OneLine.of(redaction.apply(code), LONGEST_NAME);
  }

  /** The store's words for an error, made fit to be shown. */
  static @Nullable String message(AwsErrorDetails details, UnaryOperator<String> redaction) {
    String message = details.errorMessage();
    return message == null ? null : OneLine.of(redaction.apply(message), LONGEST_WORDS);
  }

  /** What follows brings a full stop of its own. */
  private static String withoutStop(String message) {
    return message.endsWith(".") && !message.endsWith("...")
        ? message.substring(0, message.length() - 1)
        : message;
  }

  static @Nullable String requestId(Throwable failure) {
    AwsServiceException answer = Causes.find(failure, AwsServiceException.class);
    String id = answer == null ? null : answer.requestId();
    return id == null ? null : OneLine.of(id, LONGEST_NAME);
  }

  private static @Nullable String code(AwsServiceException answer) {
    return answer.awsErrorDetails() == null ? null : answer.awsErrorDetails().errorCode();
  }
}
