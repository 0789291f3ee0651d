package io.github.reelbeam.internal.transfer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * A store that answers everything in the same way.
 *
 * @param status the HTTP status
 * @param body the body
 */
record OneAnswer(int status, String body) implements SdkAsyncHttpClient {
  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest work) {
    work.responseHandler().onHeaders(SdkHttpFullResponse.builder().statusCode(status).build());
    ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    work.responseHandler().onStream(SdkPublisher.fromIterable(List.of(bytes)));
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
