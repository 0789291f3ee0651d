package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What becomes of failures as the SDK throws them, without an STS that answers. */
class StsFailureTest {
  private static final StsDiagnosis DIAGNOSIS = new StsDiagnosis(StsCall.ASSUME_ROLE, FakeSts.ROLE);

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            AbortedException.create("interrupted"),
            true,
            "AssumeRole failed: the thread was interrupted while it waited for STS"),
        Arguments.of(
            SdkClientException.create("no", new IOException(new SSLHandshakeException("PKIX"))),
            false,
            "AssumeRole failed: no trusted connection to STS: check its certificate, and what Java"
                + " trusts"),
        Arguments.of(
            SdkClientException.create("no", new IOException("refused")),
            true,
            "AssumeRole failed: STS cannot be reached: check the network and its endpoint"),
        Arguments.of(
            ApiCallTimeoutException.create(100),
            true,
            "AssumeRole failed: STS cannot be reached: check the network and its endpoint"),
        Arguments.of(
            ApiCallAttemptTimeoutException.create(100),
            true,
            "AssumeRole failed: STS cannot be reached: check the network and its endpoint"),
        Arguments.of(
            SdkClientException.create("Unable to load credentials"),
            false,
            "AssumeRole failed: the backend has no AWS credentials of its own: give it a role, or"
                + " keys in its environment"),
        Arguments.of(
            SdkClientException.create("out of order"),
            false,
            "AssumeRole failed: STS could not be asked (out of order)"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhyStsGaveNoAnswer(SdkException failure, boolean isTransient, String words) {
    GrantFailedException diagnosed = DIAGNOSIS.of(failure);
    assertThat(diagnosed).hasMessage(words).hasCause(failure);
    assertThat(diagnosed.isTransient()).isEqualTo(isTransient);
  }

  private static SdkException answer(AwsErrorDetails.@Nullable Builder details) {
    return StsException.builder()
        .statusCode(403)
        .requestId("request-1")
        .awsErrorDetails(details == null ? null : details.build())
        .build();
  }

  private static AwsErrorDetails.Builder code(@Nullable String code) {
    return AwsErrorDetails.builder().errorCode(code);
  }

  static Stream<Arguments> answers() {
    SdkBytes ceph = SdkBytes.fromUtf8String("<Error><Code>Teapot</Code></Error>");
    return Stream.of(
        // without details, as an interceptor of the app's may make one
        Arguments.of(answer(null), "(no code, status 403, request request-1)"),
        Arguments.of(answer(code(null)), "(no code, status 403, request request-1)"),
        Arguments.of(
            answer(code(null).rawResponse(ceph)), "(Teapot, status 403, request request-1)"),
        Arguments.of(answer(code("Teapot")), "(Teapot, status 403, request request-1)"),
        Arguments.of(
            answer(code("Teapot").rawResponse(SdkBytes.fromUtf8String("<Code>Other</Code>"))),
            "(Teapot, status 403, request request-1)"),
        Arguments.of(
            answer(code("Teapot").errorMessage("")), "(Teapot, status 403, request request-1)"),
        Arguments.of(
            answer(code("Teapot").errorMessage("short")),
            "(Teapot, status 403, request request-1: short)"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void quotesTheAnswerAsFarAsThereIsOne(SdkException answer, String quoted) {
    assertThat(DIAGNOSIS.of(answer))
        .hasMessage("AssumeRole failed: STS refuses AssumeRole for an unexpected reason " + quoted)
        .hasCause(answer);
  }

  @Test
  void keepsTheAnswerToASignatureWhateverItSays() {
    assertThat(DIAGNOSIS.of(answer(code("IncompleteSignature").errorMessage("look here"))))
        .hasNoCause()
        .hasMessageEndingWith("(IncompleteSignature, status 403, request request-1)");
  }

  @Test
  void aSessionOfNoRoleIsOneOfAUser() {
    assertThat(
            new StsDiagnosis(StsCall.FEDERATION_TOKEN, null)
                .of(answer(code("NoSuchEntity").errorMessage("none"))))
        .hasMessageStartingWith("GetFederationToken failed: there is no user: ");
  }
}
