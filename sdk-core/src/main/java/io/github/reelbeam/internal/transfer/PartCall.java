package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.internal.http.Causes;
import io.github.reelbeam.internal.http.Connectivity;
import io.github.reelbeam.internal.transfer.ConcurrencyLimit.Failure;
import io.github.reelbeam.internal.transfer.TransferSlots.Share;
import io.github.reelbeam.internal.transfer.TransferSlots.Slot;
import java.net.SocketTimeoutException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * One attempt to send a part, or an object in one piece: waits for its slot, goes out, and gives
 * the slot back however it ends.
 */
final class PartCall {
  private final SdkAsyncHttpClient transport;
  private final FreshSignature signature;
  private final StoreAnswer answer;
  private final RequestLog.Entry entry;
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();

  PartCall(
      SdkAsyncHttpClient transport,
      FreshSignature signature,
      StoreAnswer answer,
      RequestLog.Entry entry) {
    this.transport = transport;
    this.signature = signature;
    this.answer = answer;
    this.entry = entry;
  }

  /** The number of the part that a request carries, 1 for an object in one piece; 0 for none. */
  static int partNumber(SdkHttpRequest request) {
    if (request.method() != SdkHttpMethod.PUT) {
      return 0;
    }
    return request.firstMatchingRawQueryParameter("partNumber").map(Integer::parseInt).orElse(1);
  }

  /** Completes when the request has ended; to complete it from outside is to stop that. */
  CompletableFuture<Void> outcome() {
    return outcome;
  }

  /** Starts to wait. */
  void start(AsyncExecuteRequest work, Share share) {
    long length = work.requestContentPublisher().contentLength().orElse(0L);
    CompletableFuture<Slot> turn = share.await(partNumber(work.request()), length);
    var unusedStop =
        outcome.whenComplete(
            (done, failure) -> {
              if (turn.cancel(false) && failure != null) {
                answer.onError(failure);
              }
            });
    FreshSignature.Waiting waiting = signature.waiting(work.request());
    var unusedTurn =
        turn.whenComplete(
            (slot, refused) -> {
              if (slot != null) {
                send(work, waiting, slot);
              } else if (refused != null && outcome.completeExceptionally(refused)) {
                answer.onError(refused);
              }
            });
  }

  private void send(AsyncExecuteRequest work, FreshSignature.Waiting waiting, Slot slot) {
    var unused =
        waiting
            .signedNow()
            .whenComplete(
                (request, failure) -> {
                  if (failure == null) {
                    exchange(work, request, slot);
                  } else {
                    giveUp(slot, failure);
                  }
                });
  }

  private void giveUp(Slot slot, Throwable cause) {
    slot.end(Failure.OTHER);
    if (outcome.completeExceptionally(cause)) {
      answer.onError(cause);
    }
  }

  private void exchange(AsyncExecuteRequest work, SdkHttpRequest request, Slot slot) {
    slot.begin();
    entry.sent();
    CompletableFuture<Void> exchange;
    try {
      exchange =
          transport.execute(
              AsyncExecuteRequest.builder()
                  .request(request)
                  .requestContentPublisher(new MeteredContent(work.requestContentPublisher(), slot))
                  .fullDuplex(work.fullDuplex())
                  .metricCollector(work.metricCollector().orElse(null))
                  .httpExecutionAttributes(work.httpExecutionAttributes())
                  .responseHandler(answer)
                  .build());
    } catch (RuntimeException e) {
      giveUp(slot, e);
      return;
    }
    var unusedStop =
        outcome.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                exchange.completeExceptionally(failure);
              }
            });
    var unusedEnd =
        exchange.whenComplete(
            (done, failure) -> {
              slot.end(whatWentWrong(failure));
              if (failure == null) {
                outcome.complete(null);
              } else {
                outcome.completeExceptionally(failure);
              }
            });
  }

  private @Nullable Failure whatWentWrong(@Nullable Throwable failure) {
    if (failure == null) {
      int status = answer.status();
      if (status == 503 || status == 429) {
        return Failure.SLOW_DOWN;
      }
      return status >= 200 && status < 300 && answer.refusal() == null ? null : Failure.OTHER;
    }
    if (Causes.find(failure, CancellationException.class) != null) {
      return Failure.OTHER;
    }
    boolean timedOut = Causes.find(failure, SocketTimeoutException.class) != null;
    return timedOut && !Connectivity.isUnreachable(failure) ? Failure.TIMEOUT : Failure.CONNECTION;
  }
}
