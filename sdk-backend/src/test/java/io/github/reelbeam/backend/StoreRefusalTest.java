package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class StoreRefusalTest {

  private static String text(S3Exception answer) {
    return StoreRefusal.of(answer, "CORS", "videos", "s3:PutBucketCORS").text();
  }

  @ParameterizedTest
  @CsvSource({
    "No luck, request-1, 'BadLuck, No luck, request id request-1'",
    "No luck,          , 'BadLuck, No luck'",
    "' '    , request-1, 'BadLuck, request id request-1'",
    "       , request-1, 'BadLuck, request id request-1'",
  })
  void quotesTheStore(@Nullable String message, @Nullable String requestId, String quoted) {
    AwsErrorDetails details =
        AwsErrorDetails.builder().errorCode("BadLuck").errorMessage(message).build();
    assertThat(
            text(
                (S3Exception)
                    S3Exception.builder()
                        .statusCode(400)
                        .awsErrorDetails(details)
                        .requestId(requestId)
                        .build()))
        .endsWith("of bucket 'videos': " + quoted);
  }

  static Stream<Arguments> unanswered() {
    return Stream.of(
        Arguments.of(
            SdkClientException.create("Unable", new IllegalStateException(new IOException())),
            new StoreRefusal("the store is out of reach: Unable", true)),
        Arguments.of(
            SdkClientException.create("Unable", new IOException(new IllegalStateException())),
            new StoreRefusal("the store is out of reach: Unable", true)),
        Arguments.of(
            SdkClientException.create("no keys", new IllegalStateException()),
            new StoreRefusal("bucket 'videos' could not be looked at: no keys", false)));
  }

  @ParameterizedTest
  @MethodSource("unanswered")
  void tellsAStoreOutOfReachFromAClientThatCannotAsk(
      SdkClientException failure, StoreRefusal refusal) {
    assertThat(StoreRefusal.of(failure, "CORS", "videos", "s3:PutBucketCORS")).isEqualTo(refusal);
  }

  @Test
  void givesTheStatusWhereThereIsNoCode() {
    assertThat(text((S3Exception) S3Exception.builder().statusCode(418).build()))
        .endsWith(": HTTP 418");
  }
}
