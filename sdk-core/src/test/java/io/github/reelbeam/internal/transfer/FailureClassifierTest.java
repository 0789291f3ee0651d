package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.internal.http.BrokenCalls;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class FailureClassifierTest {
  private static final Details DETAILS = new Details(null, Stage.GRANT, true, null);

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "400, ExpiredToken, CREDENTIALS",
    "400, ExpiredTokenException, CREDENTIALS",
    "400, TokenRefreshRequired, CREDENTIALS",
    "400, InvalidToken, CREDENTIALS",
    "403, InvalidAccessKeyId, CREDENTIALS",
    "403, AccessDenied, DENIED",
    "403, AllAccessDisabled, DENIED",
    "403, SignatureDoesNotMatch, DENIED",
    "403, , DENIED",
    "401, , DENIED",
    "400, SignatureDoesNotMatch, DENIED",
    "403, SomethingNew, DENIED",
    "404, NoSuchUpload, UPLOAD_GONE",
    "503, SlowDown, THROTTLED",
    "503, ServiceUnavailable, THROTTLED",
    "503, , THROTTLED",
    "429, , THROTTLED",
    "200, SlowDown, THROTTLED",
    "500, InternalError, TRANSIENT",
    "200, InternalError, TRANSIENT",
    "200, , TRANSIENT",
    "500, , TRANSIENT",
    "502, , TRANSIENT",
    "504, , TRANSIENT",
    "408, , TRANSIENT",
    "400, RequestTimeout, TRANSIENT",
    "403, RequestTimeTooSkewed, TRANSIENT",
    "409, OperationAborted, TRANSIENT",
    "400, IncompleteBody, TRANSIENT",
    "400, BadDigest, TRANSIENT",
    "400, XAmzContentChecksumMismatch, TRANSIENT",
    "501, NotImplemented, REJECTED",
    "404, NoSuchBucket, REJECTED",
    "400, InvalidPart, REJECTED",
    "400, EntityTooSmall, REJECTED",
    "400, , REJECTED",
    "301, PermanentRedirect, REJECTED",
    "307, TemporaryRedirect, REJECTED",
    "302, , TRANSIENT",
    "412, PreconditionFailed, REJECTED"
  })
  void tellsAnswersOfTheStoreApart(int status, @Nullable String code, FailureKind kind) {
    assertThat(FailureClassifier.kindOfAnswer(code, status)).isEqualTo(kind);
    assertThat(FailureClassifier.kindOf(StoreAnswers.answer(status, code))).isEqualTo(kind);
  }

  static Stream<Arguments> failures() {
    SourceReadException source = new SourceReadException("the source cannot be read");
    GrantException offline =
        new GrantException("no grant", DETAILS, 0, null, new UnknownHostException("api.test"));
    UploadException stop = new UploadException("the journal is full", DETAILS, null);
    return Stream.of(
        Arguments.of(source, FailureKind.SOURCE),
        Arguments.of(new SourceChangedException("another file"), FailureKind.SOURCE_CHANGED),
        Arguments.of(new CorruptObjectException("another checksum"), FailureKind.CORRUPT),
        Arguments.of(offline, FailureKind.GRANT),
        Arguments.of(
            new ObserverStop(new IllegalStateException()), FailureKind.STOPPED_BY_OBSERVER),
        Arguments.of(stop, FailureKind.STOPPED_BY_OBSERVER),
        Arguments.of(new UnknownHostException("s3.test"), FailureKind.UNREACHABLE),
        Arguments.of(new ConnectException("refused"), FailureKind.UNREACHABLE),
        Arguments.of(new NoRouteToHostException(), FailureKind.UNREACHABLE),
        Arguments.of(new SocketException("Network is unreachable"), FailureKind.UNREACHABLE),
        Arguments.of(new SocketTimeoutException("connect timed out"), FailureKind.UNREACHABLE),
        Arguments.of(new SocketTimeoutException("timeout"), FailureKind.TRANSIENT),
        Arguments.of(new SocketException("Connection reset"), FailureKind.TRANSIENT),
        Arguments.of(new EOFException(), FailureKind.TRANSIENT),
        Arguments.of(new SSLException("closed"), FailureKind.TRANSIENT),
        Arguments.of(new SSLHandshakeException("no trust"), FailureKind.TRANSIENT),
        Arguments.of(new IOException(), FailureKind.TRANSIENT),
        Arguments.of(new CancellationException(), FailureKind.REJECTED),
        Arguments.of(new IllegalArgumentException("a key with .."), FailureKind.REJECTED));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsOtherFailuresApart(Throwable failure, FailureKind kind) {
    assertThat(FailureClassifier.kindOf(failure)).isEqualTo(kind);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void looksBehindTheExceptionsThatTheSdkPutsAround(Throwable failure, FailureKind kind) {
    Throwable wrapped =
        new CompletionException(SdkClientException.create("Unable to execute", failure));
    assertThat(FailureClassifier.kindOf(wrapped)).isEqualTo(kind);
  }

  @Test
  void anIoFailureOfTheSourceIsNotTakenForOneOfTheNetwork() {
    SourceReadException source =
        new SourceReadException("the share is gone", new ConnectException("refused"));
    assertThat(FailureClassifier.kindOf(BrokenCalls.uploadPart(3, source)))
        .isEqualTo(FailureKind.SOURCE);
  }

  @Test
  void aGrantThatCouldNotBeHadOfflineIsAMatterOfTheGrant() {
    Throwable wrapped =
        SdkClientException.create(
            "no credentials",
            new GrantException("no grant", DETAILS, 0, null, new ConnectException("refused")));
    assertThat(FailureClassifier.kindOf(wrapped)).isEqualTo(FailureKind.GRANT);
  }

  @Test
  void describesAnAnswerByStatusCodeAndMessage() {
    assertThat(
            FailureClassifier.describe(
                new CompletionException(StoreAnswers.answer(503, "SlowDown")), text -> text))
        .isEqualTo("the store answered 503 SlowDown: the message");
  }

  @Test
  void describesABrokenCallByTheRequest() {
    Throwable failure =
        SdkClientException.create(
            "Unable", BrokenCalls.uploadPart(7, new SocketTimeoutException("timeout")));
    assertThat(FailureClassifier.describe(failure, text -> text))
        .isEqualTo("PUT /videos/1.mp4 (part 7): no byte moved within the stall timeout");
  }

  @Test
  void describesWhatHasNoMessageByItsName() {
    assertThat(
            FailureClassifier.describe(new CompletionException(new EOFException()), text -> text))
        .isEqualTo("java.io.EOFException");
  }

  static Stream<Arguments> descriptions() {
    AwsErrorDetails silent = AwsErrorDetails.builder().errorCode("SlowDown").build();
    AwsErrorDetails blank = silent.toBuilder().errorMessage(" ").build();
    AwsErrorDetails stopped = silent.toBuilder().errorMessage("Please wait.").build();
    return Stream.of(
        Arguments.of(answer(null), "the store answered 503"),
        Arguments.of(answer(silent), "the store answered 503 SlowDown"),
        Arguments.of(answer(blank), "the store answered 503 SlowDown"),
        Arguments.of(answer(stopped), "the store answered 503 SlowDown: Please wait"),
        Arguments.of(
            new UploadException("the journal is full", DETAILS, new IllegalStateException("why")),
            "the journal is full"),
        Arguments.of(new IOException("cut", new IllegalStateException("why")), "cut"),
        Arguments.of(
            new CompletionException("outer", new IllegalStateException("a key with ..")),
            "a key with .."),
        Arguments.of(
            new CompletionException("outer", new IllegalStateException()),
            "java.lang.IllegalStateException"));
  }

  private static AwsServiceException answer(@Nullable AwsErrorDetails details) {
    return S3Exception.builder().statusCode(503).awsErrorDetails(details).build();
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void describesEveryFailureInAFewWords(Throwable failure, String words) {
    assertThat(FailureClassifier.describe(failure, text -> text)).isEqualTo(words);
  }

  @Test
  void findsTheRequestIdOfAnAnswer() {
    assertThat(FailureClassifier.requestId(new CompletionException(StoreAnswers.answer(500, null))))
        .isEqualTo("request-1");
    assertThat(FailureClassifier.requestId(new IOException())).isNull();
  }

  @Test
  void onlyWhatMayPassByItselfIsRetriedWithinARun() {
    assertThat(Stream.of(FailureKind.values()).filter(FailureKind::isRetriedInRun))
        .containsExactlyInAnyOrder(
            FailureKind.UNREACHABLE, FailureKind.THROTTLED, FailureKind.TRANSIENT);
  }

  /** Two causes that point at each other once made the search for one go on for ever. */
  @Test
  void causesInACircleHaveAKindAndWords() {
    Exception one = new IllegalStateException("one");
    Exception other = new IllegalStateException("other", one);
    one.initCause(other);

    assertThat(FailureClassifier.kindOf(one)).isEqualTo(FailureKind.REJECTED);
    assertThat(FailureClassifier.describe(one, text -> text)).isIn("one", "other");
    assertThat(FailureClassifier.requestId(one)).isNull();
  }

  @Test
  void whatAStoreSaysBecomesOneShortLine() {
    AwsServiceException answer =
        S3Exception.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("Odd\n" + "code".repeat(1000))
                    .errorMessage("first\r\nsecond " + "m".repeat(1 << 20))
                    .build())
            .statusCode(400)
            .build();

    assertThat(FailureClassifier.describe(answer, text -> text))
        .startsWith("the store answered 400 Odd code")
        .contains(": first second m")
        .hasSizeLessThan(800)
        .doesNotContain("\n");
  }
}
