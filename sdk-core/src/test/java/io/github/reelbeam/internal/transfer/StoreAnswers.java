package io.github.reelbeam.internal.transfer;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Refusals of a store as the SDK throws them. */
final class StoreAnswers {
  private StoreAnswers() {}

  static AwsServiceException answer(int status, @Nullable String code) {
    return answer(status, code, SdkHttpResponse.builder());
  }

  static AwsServiceException answerWithHeader(
      int status, @Nullable String code, String name, String value) {
    return answer(status, code, SdkHttpResponse.builder().putHeader(name, value));
  }

  private static AwsServiceException answer(
      int status, @Nullable String code, SdkHttpResponse.Builder response) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .serviceName("S3")
            .errorCode(code)
            .errorMessage("the message")
            .sdkHttpResponse(response.statusCode(status).build())
            .build();
    return S3Exception.builder()
        .awsErrorDetails(details)
        .statusCode(status)
        .requestId("request-1")
        .build();
  }
}
