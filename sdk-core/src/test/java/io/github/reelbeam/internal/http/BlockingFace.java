package io.github.reelbeam.internal.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * The asynchronous client as a blocking one, for those suites of the SDK's test kit that know only
 * those.
 */
record BlockingFace(SdkAsyncHttpClient client) implements SdkHttpClient {
  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    RecordingHandler handler = new RecordingHandler();
    AsyncExecuteRequest work =
        AsyncExecuteRequest.builder()
            .request(request.httpRequest())
            .requestContentPublisher(new SlicePublisher(0))
            .responseHandler(handler)
            .build();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        try {
          client.execute(work).join();
        } catch (CompletionException e) {
          throw new IOException(e.getCause());
        }
        return HttpExecuteResponse.builder()
            .response(handler.headers.join())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(handler.body())))
            .build();
      }

      @Override
      public void abort() {
        throw new UnsupportedOperationException();
      }
    };
  }

  @Override
  public void close() {
    client.close();
  }
}
