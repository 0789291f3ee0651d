package io.github.reelbeam.backend;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Turns what STS answers, or that it does not answer, into words that say what to do. None of them
 * holds a secret.
 *
 * @param call what STS was asked for
 * @param roleArn whose session, or null
 */
record StsDiagnosis(StsCall call, @Nullable String roleArn) {

  // Ceph answers in the form of S3, which the SDK does not look into for STS
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,64})</Code>");

  GrantFailedException of(SdkException failure) {
    return failure instanceof AwsServiceException answer ? refused(answer) : unanswered(failure);
  }

  private GrantFailedException refused(AwsServiceException answer) {
    String code = code(answer);
    String says = code + ", status " + answer.statusCode() + ", request " + answer.requestId();
    if (answer.isThrottlingException()) {
      return failure("STS throttles: later requests may pass", says, true, answer);
    }
    if (answer.statusCode() >= 500) {
      return failure("STS is in trouble itself: later requests may pass", says, true, answer);
    }
    String words = words(answer);
    String advice = advice(code, words);
    // STS quotes what it would have signed, and that has the backend's own session token in it
    boolean quotes =
        code.contains("Signature") || words.toLowerCase(Locale.ROOT).contains("security-token");
    return quotes || words.isEmpty()
        ? failure(advice, says, false, quotes ? null : answer)
        : failure(advice, says + ": " + words, false, answer);
  }

  private String advice(String code, String words) {
    return switch (code) {
      case "AccessDenied", "AccessDeniedException" -> accessDenied();
      case "NoSuchEntity" -> "there is no " + target() + ": create it, or correct its ARN";
      case "ExpiredToken", "ExpiredTokenException" ->
          "the backend's own session has expired: give the StsClient a credentials provider that"
              + " renews it, such as the default one, and not fixed session credentials";
      case "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId" ->
          "STS does not know the backend's own access key: it is deleted, inactive, of another"
              + " partition, or its session token is missing";
      case "SignatureDoesNotMatch", "IncompleteSignature", "InvalidSignatureException" ->
          "the backend's own secret access key is wrong, or its clock is more than five minutes off";
      case "RequestExpired", "RequestTimeTooSkewed" -> "the clock of the backend is wrong";
      case "MissingAuthenticationToken", "MissingAuthenticationTokenException" ->
          "the request was not signed: the StsClient has no credentials";
      case "MalformedPolicyDocument", "MalformedPolicyDocumentException" ->
          "STS cannot read the session policy: check the bucket, the KMS key and the key prefix for"
              + " characters that do not belong there";
      case "PackedPolicyTooLarge", "PackedPolicyTooLargeException" ->
          "the session policy is too large in the packed form that STS keeps, which has a limit of"
              + " its own beside the 2,048 characters: use a shorter key prefix, and fewer session"
              + " tags on the backend's own session";
      case "RegionDisabled", "RegionDisabledException" ->
          "STS is switched off in this region for the role's account: activate it there, or give"
              + " the StsClient a region where it is on";
      case "ValidationError", "InvalidParameterValue", "InvalidArgument" -> invalid(words);
      case "InvalidAction", "MethodNotAllowed", "NotImplemented" ->
          "what answers does not know " + call.action() + ": check the StsClient's endpoint";
      default -> "STS refuses " + call.action() + " for an unexpected reason";
    };
  }

  private String accessDenied() {
    return switch (call) {
      case ASSUME_ROLE ->
          "the backend may not assume the "
              + target()
              + ": its trust policy has to name the backend's user or role (with the same external"
              + " id, if it asks for one), and the backend's own policy has to allow"
              + " sts:AssumeRole for it; stores other than AWS say the same of wrong keys";
      case FEDERATION_TOKEN ->
          "the backend may not call GetFederationToken: it takes the long-term keys of an IAM user"
              + " that is allowed sts:GetFederationToken. A backend that runs as a role uses"
              + " assumingRole instead";
      case SESSION_TOKEN ->
          "the backend may not call GetSessionToken: it takes the long-term keys of an IAM user. A"
              + " backend that runs as a role uses assumingRole instead";
    };
  }

  private String invalid(String words) {
    if (words.contains("role chaining")) {
      return "the backend is itself a role, and a role that assumes a role gets an hour at most:"
          + " set sessionDuration to 1 hour or less; clients renew in time";
    }
    if (words.contains("MaxSessionDuration")) {
      return "the "
          + target()
          + " does not allow sessions that long: raise its MaxSessionDuration, or set"
          + " sessionDuration to it or less";
    }
    return "STS refuses a value of the request, most often the session duration: a role allows an"
        + " hour unless its MaxSessionDuration is raised, and AWS allows 15 minutes at least";
  }

  private String target() {
    return roleArn == null ? "user" : "role " + roleArn;
  }

  private GrantFailedException unanswered(SdkException failure) {
    if (failure instanceof AbortedException) {
      return failure("the thread was interrupted while it waited for STS", "", true, failure);
    }
    if (Causes.contain(SSLHandshakeException.class, failure)) {
      return failure(
          "no trusted connection to STS: check its certificate, and what Java trusts",
          "",
          false,
          failure);
    }
    if (failure instanceof ApiCallTimeoutException
        || failure instanceof ApiCallAttemptTimeoutException
        || Causes.contain(IOException.class, failure)) {
      return failure(
          "STS cannot be reached: check the network and its endpoint", "", true, failure);
    }
    String words = String.valueOf(failure.getMessage());
    return words.contains("credentials")
        ? failure(
            "the backend has no AWS credentials of its own: give it a role, or keys in its"
                + " environment",
            "",
            failure.retryable(),
            failure)
        : failure("STS could not be asked", words, failure.retryable(), failure);
  }

  private GrantFailedException failure(
      String advice, String says, boolean isTransient, @Nullable SdkException cause) {
    String detail = says.isEmpty() ? "" : " (" + says + ")";
    return new GrantFailedException(
        call.action() + " failed: " + advice + detail, isTransient, cause);
  }

  private static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    if (details == null) {
      return "no code";
    }
    if (details.errorCode() != null) {
      return details.errorCode();
    }
    Matcher code =
        CODE.matcher(details.rawResponse() == null ? "" : details.rawResponse().asUtf8String());
    return code.find() ? code.group(1) : "no code";
  }

  private static String words(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null || details.errorMessage() == null ? "" : details.errorMessage();
  }
}
