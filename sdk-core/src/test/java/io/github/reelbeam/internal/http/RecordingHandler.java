package io.github.reelbeam.internal.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * Keeps all it is told; asks for the response without limit unless a test asks for it piece by
 * piece.
 */
final class RecordingHandler implements SdkAsyncHttpResponseHandler {
  final CompletableFuture<SdkHttpResponse> headers = new CompletableFuture<>();
  final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
  final CompletableFuture<Throwable> bodyError = new CompletableFuture<>();
  final CompletableFuture<Void> bodyComplete = new CompletableFuture<>();
  final List<Throwable> errors = new CopyOnWriteArrayList<>();
  final List<Integer> sliceSizes = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final long firstDemand;

  RecordingHandler() {
    this(Long.MAX_VALUE);
  }

  RecordingHandler(long firstDemand) {
    this.firstDemand = firstDemand;
  }

  int status() {
    return headers.join().statusCode();
  }

  byte[] body() {
    return body.toByteArray();
  }

  @Override
  public void onHeaders(SdkHttpResponse response) {
    headers.complete(response);
  }

  @Override
  public void onError(Throwable error) {
    errors.add(error);
  }

  @Override
  public void onStream(Publisher<ByteBuffer> stream) {
    stream.subscribe(
        new Subscriber<>() {
          @Override
          public void onSubscribe(Subscription given) {
            subscription.complete(given);
            if (firstDemand > 0) {
              given.request(firstDemand);
            }
          }

          @Override
          public void onNext(ByteBuffer slice) {
            byte[] bytes = new byte[slice.remaining()];
            slice.get(bytes);
            body.writeBytes(bytes);
            sliceSizes.add(bytes.length);
          }

          @Override
          public void onError(Throwable error) {
            bodyError.complete(error);
          }

          @Override
          public void onComplete() {
            bodyComplete.complete(null);
          }
        });
  }
}
