package io.github.reelbeam.internal.http;

import java.net.URI;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** Requests as the SDK makes them. */
final class S3Requests {
  private S3Requests() {}

  static AsyncExecuteRequest get(String url, SdkAsyncHttpResponseHandler handler) {
    return with(request(SdkHttpMethod.GET, url), new SlicePublisher(0), handler);
  }

  static AsyncExecuteRequest head(String url, SdkAsyncHttpResponseHandler handler) {
    return with(request(SdkHttpMethod.HEAD, url), new SlicePublisher(0), handler);
  }

  static AsyncExecuteRequest put(
      String url, SdkHttpContentPublisher content, SdkAsyncHttpResponseHandler handler) {
    SdkHttpFullRequest request =
        request(SdkHttpMethod.PUT, url).toBuilder()
            .putHeader("Content-Length", Long.toString(content.contentLength().orElseThrow()))
            .putHeader("Expect", "100-continue")
            .build();
    return with(request, content, handler);
  }

  static SdkHttpFullRequest request(SdkHttpMethod method, String url) {
    URI uri = URI.create(url);
    return SdkHttpFullRequest.builder()
        .method(method)
        .uri(uri)
        .putHeader("Host", uri.getAuthority())
        .build();
  }

  static AsyncExecuteRequest with(
      SdkHttpFullRequest request,
      SdkHttpContentPublisher content,
      SdkAsyncHttpResponseHandler handler) {
    return AsyncExecuteRequest.builder()
        .request(request)
        .requestContentPublisher(content)
        .responseHandler(handler)
        .build();
  }
}
