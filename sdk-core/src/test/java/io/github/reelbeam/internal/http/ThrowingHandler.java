package io.github.reelbeam.internal.http;

import java.nio.ByteBuffer;
import org.reactivestreams.Publisher;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** Throws wherever it is called. */
record ThrowingHandler(RuntimeException bug) implements SdkAsyncHttpResponseHandler {
  @Override
  public void onHeaders(SdkHttpResponse headers) {
    throw bug;
  }

  @Override
  public void onStream(Publisher<ByteBuffer> stream) {
    throw bug;
  }

  @Override
  public void onError(Throwable error) {
    throw bug;
  }
}
