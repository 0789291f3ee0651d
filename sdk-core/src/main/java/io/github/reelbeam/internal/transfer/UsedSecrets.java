package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.internal.http.Causes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The secrets that went to a store. It may repeat them in the words with which it refuses a
 * request, and those are logged, shown and written to the journal. Safe for use by many threads.
 */
final class UsedSecrets {
  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /** Remembers credentials that are about to be used. */
  TemporaryCredentials noted(TemporaryCredentials credentials) {
    note(credentials.secretAccessKey());
    note(credentials.sessionToken());
    return credentials;
  }

  private void note(String secret) {
    if (!secret.trim().isEmpty()) {
      secrets.add(secret);
    }
  }

  /** The text with the secrets taken out. */
  String without(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, "(redacted)");
    }
    return clean;
  }

  /** A failure whose words can be shown; a store's answer is replaced by a shorter one. */
  Throwable without(Throwable failure) {
    if (!(failure instanceof AwsServiceException answer) || answer.awsErrorDetails() == null) {
      return isClean(failure) ? failure : SdkClientException.create(words(failure));
    }
    AwsErrorDetails details = answer.awsErrorDetails();
    AwsServiceException clean =
        answer.toBuilder()
            // made of the details otherwise, as they came
            .message(words(answer))
            .awsErrorDetails(
                details.toBuilder()
                    .errorCode(FailureClassifier.code(details, this::without))
                    .errorMessage(FailureClassifier.message(details, this::without))
                    .rawResponse(null)
                    .build())
            .build();
    clean.setStackTrace(answer.getStackTrace());
    return clean;
  }

  /** The SDK quotes an answer that it cannot read. */
  private boolean isClean(Throwable failure) {
    return Causes.of(failure).stream()
        .map(Throwable::toString)
        .allMatch(text -> without(text).equals(text));
  }

  /** The failure in words, with the secrets taken out. */
  String words(Throwable failure) {
    return FailureClassifier.describe(failure, this::without);
  }

  /** Shows none. */
  @Override
  public String toString() {
    return "UsedSecrets[redacted]";
  }
}
