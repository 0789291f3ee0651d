package io.github.reelbeam.internal.http;

import java.io.IOException;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Failures as the transport gives them to the SDK. */
public final class BrokenCalls {
  private BrokenCalls() {}

  public static S3CallException uploadPart(int partNumber, IOException cause) {
    return S3CallException.failed(
        request(SdkHttpMethod.PUT)
            .appendRawQueryParameter("uploadId", "u1")
            .appendRawQueryParameter("partNumber", Integer.toString(partNumber))
            .build(),
        cause);
  }

  public static S3CallException complete(IOException cause) {
    return S3CallException.failed(
        request(SdkHttpMethod.POST).appendRawQueryParameter("uploadId", "u1").build(), cause);
  }

  private static SdkHttpRequest.Builder request(SdkHttpMethod method) {
    return SdkHttpRequest.builder()
        .method(method)
        .protocol("https")
        .host("bucket.s3.example.com")
        .encodedPath("/videos/1.mp4");
  }
}
