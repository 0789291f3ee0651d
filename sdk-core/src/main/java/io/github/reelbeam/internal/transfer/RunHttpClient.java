package io.github.reelbeam.internal.transfer;

import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * The shared transport as one run sees it.
 *
 * <p>The transfer manager answers every final failure and every cancellation with an
 * AbortMultipartUpload, which would throw away what S3 has confirmed. Such a request is answered
 * here, as done, and never leaves: only a discard aborts, and that goes by another way.
 */
final class RunHttpClient implements SdkAsyncHttpClient {
  private final SdkAsyncHttpClient transport;
  private final boolean mayAbort;
  private int underWay;
  private boolean stopped;
  private final CompletableFuture<Void> quiet = new CompletableFuture<>();

  RunHttpClient(SdkAsyncHttpClient transport, boolean mayAbort) {
    this.transport = transport;
    this.mayAbort = mayAbort;
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest work) {
    if (!mayAbort && isAbort(work.request())) {
      return answerAsDone(work);
    }
    if (!begins()) {
      return refuse(work);
    }
    CompletableFuture<Void> call;
    try {
      call = transport.execute(work);
    } catch (RuntimeException | Error e) {
      ended();
      throw e;
    }
    var unused = call.whenComplete((done, failure) -> ended());
    return call;
  }

  private synchronized boolean begins() {
    if (!stopped) {
      underWay++;
    }
    return !stopped;
  }

  /**
   * A part that waited for its next attempt comes too late: it would go out beside those of the
   * next run. Not an I/O failure on purpose, so that it is not tried again.
   */
  private static CompletableFuture<Void> refuse(AsyncExecuteRequest work) {
    CancellationException stopped = new CancellationException("the run has been stopped");
    work.responseHandler().onError(stopped);
    return CompletableFuture.failedFuture(stopped);
  }

  /**
   * Lets no further request begin.
   *
   * @return completes once no request of this run is under way
   */
  CompletableFuture<Void> stop() {
    synchronized (this) {
      stopped = true;
      if (underWay == 0) {
        quiet.complete(null);
      }
    }
    return quiet;
  }

  private void ended() {
    synchronized (this) {
      underWay--;
      if (stopped && underWay == 0) {
        quiet.complete(null);
      }
    }
  }

  private static boolean isAbort(SdkHttpRequest request) {
    return request.method() == SdkHttpMethod.DELETE
        && request.firstMatchingRawQueryParameter("uploadId").isPresent();
  }

  private static CompletableFuture<Void> answerAsDone(AsyncExecuteRequest work) {
    work.responseHandler().onHeaders(SdkHttpFullResponse.builder().statusCode(204).build());
    work.responseHandler().onStream(new Nothing());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public String clientName() {
    return transport.clientName();
  }

  /** Leaves the shared transport open. */
  @Override
  public void close() {}

  /** An empty response body. */
  private static final class Nothing implements Publisher<ByteBuffer> {
    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
          });
      subscriber.onComplete();
    }
  }
}
