package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.VirtualTime;
import io.github.reelbeam.internal.http.BrokenCalls;
import io.github.reelbeam.internal.log.UploadContext;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class PartRetryStrategyTest {
  private final VirtualTime time = new VirtualTime();
  private final RecordingObserver observer = new RecordingObserver();
  private final PartRetryStrategy strategy =
      new PartRetryStrategy(
          RetryPolicy.builder()
              .maxAttempts(3)
              .baseDelay(Duration.ofSeconds(1))
              .maxDelay(Duration.ofSeconds(10))
              .giveUpAfter(Duration.ofMinutes(5))
              .build(),
          observer,
          new UsedSecrets(),
          time,
          () -> 0.5,
          UploadContext.NONE);

  /** What one request is at. */
  private RetryToken token =
      strategy.acquireInitialToken(AcquireInitialTokenRequest.create("test")).token();

  private static Throwable cutOff() {
    return SdkClientException.create(
        "Unable", BrokenCalls.uploadPart(7, new EOFException("cut off")));
  }

  private static Throwable offline() {
    return SdkClientException.create(
        "Unable", BrokenCalls.uploadPart(7, new UnknownHostException("s3.test")));
  }

  private Duration fail(Throwable failure) {
    RefreshRetryTokenResponse next =
        strategy.refreshRetryToken(
            RefreshRetryTokenRequest.builder().token(token).failure(failure).build());
    token = next.token();
    return next.delay();
  }

  private void assertGivesUp(Throwable failure) {
    assertThatExceptionOfType(TokenAcquisitionFailedException.class)
        .isThrownBy(() -> fail(failure))
        .withCause(failure);
  }

  @Test
  void theFirstAttemptDoesNotWait() {
    assertThat(strategy.acquireInitialToken(AcquireInitialTokenRequest.create("test")).delay())
        .isZero();
  }

  @Test
  void delaysGrowAsThePolicySays() {
    assertThat(fail(cutOff())).isEqualTo(Duration.ofMillis(500));
    assertThat(fail(cutOff())).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void givesUpWhenAllAttemptsHaveFailed() {
    assertThat(fail(cutOff())).isPositive();
    assertThat(fail(cutOff())).isPositive();
    assertGivesUp(cutOff());
  }

  @Test
  void eachRequestHasItsOwnAttempts() {
    IntStream.range(0, 500)
        .forEach(
            request -> {
              token =
                  strategy.acquireInitialToken(AcquireInitialTokenRequest.create("test")).token();
              assertThat(fail(cutOff())).isPositive();
              assertThat(fail(cutOff())).isPositive();
            });
  }

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(cutOff(), RetryCause.CONNECTION),
        Arguments.of(broken(new SocketTimeoutException("timeout")), RetryCause.STALLED),
        Arguments.of(StoreAnswers.answer(503, "SlowDown"), RetryCause.THROTTLED),
        Arguments.of(StoreAnswers.answer(429, null), RetryCause.THROTTLED),
        Arguments.of(StoreAnswers.answer(500, "InternalError"), RetryCause.STORE_ERROR),
        Arguments.of(StoreAnswers.answer(400, "BadDigest"), RetryCause.STORE_ERROR));
  }

  private static Throwable broken(IOException cause) {
    return SdkClientException.create("Unable", BrokenCalls.uploadPart(7, cause));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void tellsTheClassOfWhatWentWrong(Throwable failure, RetryCause cause) {
    fail(failure);
    assertThat(observer.retries()).extracting(PartRetry::cause).containsExactly(cause);
  }

  static Stream<Throwable> finalFailures() {
    return Stream.of(
        StoreAnswers.answer(400, "ExpiredToken"),
        StoreAnswers.answer(403, "AccessDenied"),
        StoreAnswers.answer(404, "NoSuchUpload"),
        StoreAnswers.answer(400, "InvalidPart"),
        BrokenCalls.uploadPart(1, new SourceReadException("gone")),
        new ObserverStop(new IllegalStateException()),
        new IllegalArgumentException());
  }

  @ParameterizedTest
  @MethodSource("finalFailures")
  void doesNotTryAgainWhatWillNotPassByItself(Throwable failure) {
    assertGivesUp(failure);
    assertThat(observer.retries()).isEmpty();
  }

  /** The manager fails all other requests with the failure of the one that ended the run. */
  @Test
  void nothingIsTriedAgainOnceARequestHasFailedForGood() {
    RetryToken another =
        strategy.acquireInitialToken(AcquireInitialTokenRequest.create("test")).token();
    assertThat(fail(cutOff())).isPositive();
    assertThat(fail(cutOff())).isPositive();
    Throwable last = cutOff();
    assertGivesUp(last);
    token = another;
    assertGivesUp(last);
    assertThat(observer.retries()).hasSize(2);
  }

  static Stream<Throwable> passingFailures() {
    return Stream.of(
        cutOff(),
        offline(),
        StoreAnswers.answer(503, "SlowDown"),
        S3Exception.builder().statusCode(503).build(),
        S3Exception.builder()
            .statusCode(503)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("SlowDown").build())
            .build(),
        StoreAnswers.answer(500, "InternalError"),
        StoreAnswers.answer(200, "InternalError"));
  }

  @ParameterizedTest
  @MethodSource("passingFailures")
  void triesAgainWhatMayPass(Throwable failure) {
    assertThat(fail(failure)).isPositive();
  }

  @Test
  void beingUnreachableSpendsNoAttempts() {
    for (int i = 0; i < 1000; i++) {
      assertThat(fail(offline())).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }
    assertThat(fail(cutOff())).isEqualTo(Duration.ofMillis(500));
    assertThat(fail(cutOff())).isEqualTo(Duration.ofSeconds(1));
    assertGivesUp(cutOff());
  }

  @Test
  void beingUnreachableKeepsTheAttemptsThatTheStoreAnswered() {
    assertThat(fail(StoreAnswers.answer(500, "InternalError"))).isPositive();
    assertThat(fail(offline())).isPositive();
    assertThat(fail(StoreAnswers.answer(500, "InternalError"))).isPositive();
    assertGivesUp(StoreAnswers.answer(500, "InternalError"));
  }

  @Test
  void aConnectionThatAnOutageCutsCostsNoAttempt() {
    for (int outage = 0; outage < 20; outage++) {
      assertThat(fail(cutOff())).isPositive();
      assertThat(fail(offline())).isPositive();
      assertThat(fail(offline())).isPositive();
    }
    assertThat(fail(cutOff())).isPositive();
    assertThat(fail(cutOff())).isPositive();
    assertGivesUp(cutOff());
  }

  @Test
  void delaysWhileUnreachableGrowOnTheirOwn() {
    assertThat(fail(offline())).isEqualTo(Duration.ofMillis(500));
    assertThat(fail(offline())).isEqualTo(Duration.ofSeconds(1));
    assertThat(fail(offline())).isEqualTo(Duration.ofSeconds(2));
    assertThat(fail(offline())).isEqualTo(Duration.ofSeconds(4));
    assertThat(fail(offline())).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void givesUpOnANetworkThatDoesNotComeBack() {
    assertThat(fail(offline())).isPositive();
    time.advance(Duration.ofMinutes(5).minusNanos(1));
    assertThat(fail(offline())).isPositive();
    time.advance(Duration.ofNanos(1));
    assertGivesUp(offline());
  }

  @Test
  void theTimeToGiveUpBeginsAnewOnceTheStoreHasAnswered() {
    assertThat(fail(offline())).isPositive();
    time.advance(Duration.ofMinutes(4));
    assertThat(fail(StoreAnswers.answer(500, "InternalError"))).isPositive();
    time.advance(Duration.ofMinutes(4));
    assertThat(fail(offline())).isPositive();
    time.advance(Duration.ofMinutes(4));
    assertThat(fail(offline())).isPositive();
  }

  @Test
  void aNetworkThatComesAndGoesButBringsNoAnswerIsGivenUp() {
    assertThat(fail(offline())).isPositive();
    time.advance(Duration.ofMinutes(4));
    assertThat(fail(cutOff())).isPositive();
    time.advance(Duration.ofMinutes(1));
    assertGivesUp(offline());
  }

  @ParameterizedTest(name = "Retry-After: {0}")
  @CsvSource({
    "3, 3000",
    // never less than the policy's own delay
    "0, 500",
    // never more than the longest delay
    "60, 10000",
    "99999, 10000",
    // what cannot be read does not count
    "-1, 500",
    "soon, 500",
    "1000000000000, 500",
    "'Sun, 22 Nov 2026 10:00:00 GMT', 500"
  })
  void waitsAsLongAsTheStoreAsks(String retryAfter, long millis) {
    assertThat(fail(StoreAnswers.answerWithHeader(503, "SlowDown", "Retry-After", retryAfter)))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void tellsWhichPartIsSentAgainFromABrokenCall() {
    assertThat(fail(cutOff())).isPositive();
    assertThat(observer.retries())
        .containsExactly(
            new PartRetry(
                7,
                1,
                Duration.ofMillis(500),
                RetryCause.CONNECTION,
                "PUT /videos/1.mp4 (part 7): cut off"));
  }

  @Test
  void tellsWhichPartIsSentAgainFromTheAnswersHeader() {
    assertThat(
            fail(
                StoreAnswers.answerWithHeader(
                    500, "InternalError", RunInterceptor.PART_NUMBER, "9999")))
        .isPositive();
    assertThat(observer.retries()).extracting(PartRetry::partNumber).containsExactly(9999);
  }

  /** Where nobody has put the header on the answer, a store may. */
  @Test
  void aPartNumberThatIsNoneIsPartZero() {
    assertThat(
            fail(
                StoreAnswers.answerWithHeader(500, "X", RunInterceptor.PART_NUMBER, "one of mine")))
        .isPositive();
    assertThat(observer.retries()).extracting(PartRetry::partNumber).containsExactly(0);
  }

  @Test
  void aRequestOfNoPartIsPartZero() {
    assertThat(fail(BrokenCalls.complete(new EOFException()))).isPositive();
    assertThat(fail(StoreAnswers.answer(500, null))).isPositive();
    assertThat(observer.retries()).extracting(PartRetry::partNumber).containsExactly(0, 0);
    assertThat(observer.retries()).extracting(PartRetry::attempt).containsExactly(1, 2);
    assertThat(observer.heard()).doesNotContain("dropped 0");
  }

  @Test
  void whatWasSentOfAFailedPartNoLongerCounts() {
    assertThat(fail(cutOff())).isPositive();
    assertThat(observer.heard()).containsExactly("dropped 7", "reachable", "retry 7");
  }

  @Test
  void whatWasSentOfAPartThatFailsForGoodNoLongerCountsEither() {
    assertGivesUp(BrokenCalls.uploadPart(7, new SourceReadException("gone")));
    assertThat(observer.heard()).containsExactly("dropped 7");
  }

  @Test
  void beingUnreachableIsToldAndIsNoRetry() {
    assertThat(fail(offline())).isPositive();
    assertThat(observer.heard()).containsExactly("dropped 7", "unreachable");
  }

  @Test
  void anAnswerIsToldAsReachable() {
    var unused = strategy.recordSuccess(RecordSuccessRequest.create(token));
    assertThat(observer.heard()).containsExactly("reachable");
  }

  @Test
  void theSdkCannotChangeThePolicy() {
    assertThat(strategy.toBuilder().maxAttempts(1).build()).isSameAs(strategy);
    assertThat(strategy.maxAttempts()).isEqualTo(3);
  }
}
