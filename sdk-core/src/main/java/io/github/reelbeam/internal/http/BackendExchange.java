package io.github.reelbeam.internal.http;

import io.github.reelbeam.internal.text.OneLine;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** One request and its answer. The thread that waits for it can be interrupted at any moment. */
final class BackendExchange implements Callback {
  private static final long MAX_BODY_BYTES = 1 << 20;
  private static final int LONGEST_REQUEST_ID = 200;
  private static final String[] REQUEST_ID_HEADERS = {
    "X-Request-Id", "x-amzn-RequestId", "x-amz-request-id"
  };

  private final CompletableFuture<BackendAnswer> answer = new CompletableFuture<>();

  private final UnaryOperator<String> redaction;

  private BackendExchange(UnaryOperator<String> redaction) {
    this.redaction = redaction;
  }

  /**
   * Sends the request and waits for the answer.
   *
   * @param redaction takes out of the headers that are shown what must not be shown
   * @throws IOException if there is none, or it broke off
   * @throws InterruptedException if the thread was interrupted; the call is then cancelled
   */
  static BackendAnswer of(Call call, UnaryOperator<String> redaction)
      throws IOException, InterruptedException {
    BackendExchange exchange = new BackendExchange(redaction);
    // enqueued, as a blocking execute() would not hear the interrupt until the socket does
    call.enqueue(exchange);
    try {
      return exchange.answer.get();
    } catch (InterruptedException e) {
      call.cancel();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException("the answer could not be read", e.getCause());
    }
  }

  @Override
  public void onFailure(Call call, IOException failure) {
    answer.completeExceptionally(QuotedBytes.removed(failure));
  }

  @Override
  public void onResponse(Call call, Response response) {
    try (response) {
      answer.complete(read(response));
    } catch (IOException e) {
      answer.completeExceptionally(QuotedBytes.removed(e));
    } catch (RuntimeException | Error e) {
      // whatever it is: nobody else wakes the thread that waits
      answer.completeExceptionally(e);
    }
  }

  private BackendAnswer read(Response response) throws IOException {
    Headers headers = response.headers();
    BufferedSource source = response.body().source();
    boolean tooLong = source.request(MAX_BODY_BYTES + 1);
    String location = headers.get("Location");
    Instant date = headers.getInstant("Date");
    return new BackendAnswer(
        response.code(),
        tooLong ? new byte[0] : source.readByteArray(),
        tooLong,
        date,
        headers.get("Retry-After"),
        location == null ? null : redaction.apply(location),
        requestId(headers));
  }

  private @Nullable String requestId(Headers headers) {
    for (String name : REQUEST_ID_HEADERS) {
      String id = headers.get(name);
      if (id != null && !id.trim().isEmpty()) {
        return OneLine.of(redaction.apply(id), LONGEST_REQUEST_ID);
      }
    }
    return null;
  }
}
