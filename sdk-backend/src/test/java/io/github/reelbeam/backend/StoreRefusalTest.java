package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
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

  @Test
  void givesTheStatusWhereThereIsNoCode() {
    assertThat(text((S3Exception) S3Exception.builder().statusCode(418).build()))
        .endsWith(": HTTP 418");
  }
}
