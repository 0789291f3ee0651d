package io.github.reelbeam.internal.http;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** Expects a failure and nothing else. */
record FailureOnlyHandler(CompletableFuture<Throwable> told)
    implements SdkAsyncHttpResponseHandler {
  @Override
  public void onHeaders(SdkHttpResponse headers) {
    throw new AssertionError("no response was due");
  }

  @Override
  public void onStream(Publisher<ByteBuffer> stream) {
    throw new AssertionError("no response was due");
  }

  @Override
  public void onError(Throwable error) {
    told.complete(error);
  }
}
