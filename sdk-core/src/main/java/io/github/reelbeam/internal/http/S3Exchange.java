package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * One request and what comes of it. Whatever ends it early (the SDK through the future, the
 * response's subscriber, the client's closing) cancels the OkHttp call and wakes whoever waits for
 * the application.
 */
final class S3Exchange implements Callback {
  private final SdkHttpRequest request;
  private final SdkAsyncHttpResponseHandler handler;
  private final Call call;
  private final @Nullable PulledRequestBody requestBody;
  private final CompletableFuture<Void> future = new CompletableFuture<>();
  private volatile @Nullable ResponseBodyPublisher responseBody;
  private volatile boolean stopped;
  private volatile boolean settled;

  S3Exchange(AsyncExecuteRequest work, Call call) {
    this.request = work.request();
    this.handler = work.responseHandler();
    this.call = call;
    this.requestBody = call.request().body() instanceof PulledRequestBody body ? body : null;
  }

  CompletableFuture<Void> start() {
    var unused =
        future.whenComplete(
            (done, failure) -> {
              if (failure != null && !settled) {
                stop();
              }
            });
    call.enqueue(this);
    return future;
  }

  /** From any thread. The call then fails on its own thread, which tells the SDK. */
  void stop() {
    stopped = true;
    call.cancel();
    if (requestBody != null) {
      requestBody.stop();
    }
    ResponseBodyPublisher delivering = responseBody;
    if (delivering != null) {
      delivering.stop();
    }
  }

  @Override
  public void onFailure(Call failed, IOException cause) {
    fail(named(cause));
  }

  @Override
  public void onResponse(Call answered, Response response) {
    ResponseBodyPublisher body = new ResponseBodyPublisher(response.body().source(), call::cancel);
    responseBody = body;
    if (stopped) {
      body.stop();
    }
    try {
      handler.onHeaders(headersOf(response));
      handler.onStream(body);
      boolean whole = body.deliver();
      response.close();
      if (whole) {
        future.complete(null);
      } else {
        settled = true;
        future.completeExceptionally(
            new CancellationException("the response was cancelled by its subscriber"));
      }
    } catch (Throwable t) {
      // Errors too: here the future is the only way to tell the SDK, which would wait forever.
      call.cancel(); // first, or close() would try to read the rest of the body
      response.close();
      Throwable cause = t instanceof IOException io ? named(io) : t;
      tell(() -> body.fail(cause), cause);
      fail(cause);
    }
  }

  private S3CallException named(IOException broken) {
    IOException cause = QuotedBytes.removed(broken);
    return stopped
        ? S3CallException.cancelled(request, cause)
        : S3CallException.failed(request, cause);
  }

  private void fail(Throwable cause) {
    settled = true;
    tell(() -> handler.onError(cause), cause);
    future.completeExceptionally(cause);
  }

  /** An SDK callback that throws must not keep the next one from hearing of the failure. */
  private static void tell(Runnable callback, Throwable cause) {
    try {
      callback.run();
    } catch (RuntimeException e) {
      if (e != cause) {
        cause.addSuppressed(e);
      }
    }
  }

  /** A full response, because the SDK's handlers cast to it. */
  private static SdkHttpResponse headersOf(Response response) {
    SdkHttpFullResponse.Builder headers =
        SdkHttpFullResponse.builder().statusCode(response.code()).statusText(response.message());
    response
        .headers()
        .forEach(header -> headers.appendHeader(header.getFirst(), header.getSecond()));
    return headers.build();
  }
}
