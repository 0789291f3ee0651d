package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.internal.http.FailedFuture;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
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
 * here, as done, and never leaves: what is to be aborted goes by another way.
 */
final class RunHttpClient implements SdkAsyncHttpClient {
  private final SdkAsyncHttpClient transport;
  private final boolean mayAbort;
  private final FreshSignature signature;
  private final TransferSlots.Share share;
  private final RequestLog requests;
  private final Map<Object, CompletableFuture<Void>> calls = new HashMap<>();
  // the last that was to open a multipart upload
  private @Nullable CompletableFuture<Void> create;
  private boolean closed;
  private final CompletableFuture<Void> quiet = new CompletableFuture<>();

  /**
   * @param mayAbort whether an AbortMultipartUpload is let through
   * @param share what the run has of the parts in flight
   * @param requests notes what goes out
   */
  RunHttpClient(
      SdkAsyncHttpClient transport,
      boolean mayAbort,
      FreshSignature signature,
      TransferSlots.Share share,
      RequestLog requests) {
    this.transport = transport;
    this.mayAbort = mayAbort;
    this.signature = signature;
    this.share = share;
    this.requests = requests;
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest work) {
    if (!mayAbort && isAbort(work.request())) {
      return answerAsDone(work);
    }
    Object ticket = new Object();
    RequestLog.Entry entry = requests.entry(work.request());
    StoreAnswer answer =
        new StoreAnswer(
            work.request(), work.responseHandler(), headers -> entry.ended(headers, null));
    PartCall part =
        PartCall.partNumber(work.request()) == 0
            ? null
            : new PartCall(transport, signature, answer, entry);
    CompletableFuture<Void> call;
    synchronized (this) {
      if (closed) {
        return refuse(work);
      }
      call = part == null ? sent(entry, answeredTo(answer, work)) : part.outcome();
      calls.put(ticket, call);
      if (isCreate(work.request())) {
        create = call;
      }
    }
    if (part != null) {
      // not under the lock: a turn that comes at once may be another run's
      part.start(work, share);
    }
    // What the SDK gets is another future: when one part fails it cancels all the others, and
    // whether those are worth finishing is decided here.
    CompletableFuture<Void> shown = new CompletableFuture<>();
    var unused =
        call.whenComplete(
            (done, failure) -> {
              Throwable cause = answer.refusal() == null ? failure : answer.refusal();
              // before it counts as ended: once the run is quiet, nothing is heard of it any more
              entry.ended(answer.headers(), cause);
              ended(ticket);
              if (cause == null) {
                shown.complete(null);
              } else {
                shown.completeExceptionally(cause);
              }
            });
    return shown;
  }

  private CompletableFuture<Void> sent(RequestLog.Entry entry, AsyncExecuteRequest work) {
    entry.sent();
    return transport.execute(work);
  }

  private static AsyncExecuteRequest answeredTo(StoreAnswer answer, AsyncExecuteRequest work) {
    return AsyncExecuteRequest.builder()
        .request(work.request())
        .requestContentPublisher(work.requestContentPublisher())
        .fullDuplex(work.fullDuplex())
        .metricCollector(work.metricCollector().orElse(null))
        .httpExecutionAttributes(work.httpExecutionAttributes())
        .responseHandler(answer)
        .build();
  }

  /**
   * A part that waited for its next attempt comes too late: it would go out beside those of the
   * next run. Not an I/O failure on purpose, so that it is not tried again.
   */
  private static CompletableFuture<Void> refuse(AsyncExecuteRequest work) {
    CancellationException stopped = new CancellationException("the run has been stopped");
    work.responseHandler().onError(stopped);
    return FailedFuture.of(stopped);
  }

  /**
   * Lets no further request begin; those under way may end.
   *
   * @return completes once no request of this run is under way
   */
  CompletableFuture<Void> drain() {
    synchronized (this) {
      closed = true;
      if (calls.isEmpty()) {
        quiet.complete(null);
      }
    }
    // those that wait for their turn have not begun
    share.close();
    return quiet;
  }

  /**
   * Lets no further request begin.
   *
   * @return completes once no request is under way that opens a multipart upload. Its answer has
   *     the id, without which nobody could go on with what the store has opened, nor abort it; it
   *     has been heard by then
   */
  CompletableFuture<Void> opening() {
    var unused = drain();
    CompletableFuture<Void> opening;
    synchronized (this) {
      opening = create;
    }
    return opening == null
        ? CompletableFuture.completedFuture(null)
        : opening.handle((done, failure) -> null);
  }

  /**
   * Lets no further request begin, and ends those under way.
   *
   * @return completes once no request of this run is under way
   */
  CompletableFuture<Void> stop() {
    CompletableFuture<Void> ending = drain();
    List<CompletableFuture<Void>> running;
    synchronized (this) {
      running = List.copyOf(calls.values());
    }
    running.forEach(
        call -> call.completeExceptionally(new CancellationException("the run was stopped")));
    return ending;
  }

  private synchronized void ended(Object ticket) {
    calls.remove(ticket);
    if (closed && calls.isEmpty()) {
      quiet.complete(null);
    }
  }

  private static boolean isCreate(SdkHttpRequest request) {
    return request.method() == SdkHttpMethod.POST
        && request.rawQueryParameters().containsKey("uploads");
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
