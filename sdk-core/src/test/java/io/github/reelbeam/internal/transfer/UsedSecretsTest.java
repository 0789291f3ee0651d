package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.credentials.TemporaryCredentials;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class UsedSecretsTest {
  private static final String TOKEN = "token".repeat(200);

  private final UsedSecrets secrets = new UsedSecrets();

  UsedSecretsTest() {
    var unused = secrets.noted(new TemporaryCredentials("id", "secret-key", TOKEN, Instant.EPOCH));
  }

  @Test
  void takesSecretsOutOfTheWordsOfAStore() {
    Throwable clean = secrets.without(refusal("no " + TOKEN + " and no secret-key\r\nhere"));

    assertThat(clean)
        .isInstanceOf(S3Exception.class)
        .hasMessageStartingWith(
            "the store answered 403 AccessDenied: no (redacted) and no (redacted)")
        .hasMessageNotContaining("token");
    assertThat(((S3Exception) clean).awsErrorDetails().errorMessage())
        .isEqualTo("no (redacted) and no (redacted) here");
  }

  @Test
  void takesASecretOutBeforeTheWordsAreCut() {
    String words = secrets.words(refusal("x".repeat(490) + TOKEN));
    assertThat(words).doesNotContain("token").endsWith("x(redacted)");
  }

  @Test
  void keepsWhatTheFailureIs() {
    NoSuchUploadException gone =
        NoSuchUploadException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("NoSuchUpload").build())
            .statusCode(404)
            .requestId("r")
            .build();

    assertThat(secrets.without(gone))
        .isInstanceOfSatisfying(
            NoSuchUploadException.class,
            clean -> {
              assertThat(clean.statusCode()).isEqualTo(404);
              assertThat(clean.requestId()).isEqualTo("r");
              assertThat(FailureClassifier.kindOf(clean)).isEqualTo(FailureKind.UPLOAD_GONE);
            });
  }

  @Test
  void doesNotKeepTheAnswerItself() {
    S3Exception clean = (S3Exception) secrets.without(refusal("no"));
    assertThat(clean.awsErrorDetails().rawResponse()).isNull();
  }

  @Test
  void replacesAFailureWhoseCauseQuotesASecret() {
    Throwable quoting = SdkClientException.create("no XML", new IllegalStateException(TOKEN));
    assertThat(secrets.without(quoting))
        .isInstanceOf(SdkClientException.class)
        .hasNoCause()
        .hasMessageNotContaining("token");
  }

  @Test
  void leavesOtherFailuresAlone() {
    Throwable failure = SdkClientException.create("no XML", new IllegalStateException("line 1"));
    assertThat(secrets.without(failure)).isSameAs(failure);
  }

  @Test
  void nothingIsNoSecret() {
    UsedSecrets empty = new UsedSecrets();
    var unused = empty.noted(new TemporaryCredentials("id", "", " ", Instant.EPOCH));
    assertThat(empty.without("a b")).isEqualTo("a b");
  }

  private static S3Exception refusal(String message) {
    return (S3Exception)
        S3Exception.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("AccessDenied")
                    .errorMessage(message)
                    .rawResponse(SdkBytes.fromUtf8String(message))
                    .build())
            .statusCode(403)
            .build();
  }
}
