package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * Ends requests whose connection carries nothing any more.
 *
 * <p>It stands in for OkHttp's read and write timeouts. Those close the TLS socket, and the JDK's
 * says goodbye first: if the other side takes no more bytes, which is just when such a timeout is
 * needed, the goodbye waits for ever, and with it the one thread that watches over all of OkHttp's
 * timeouts in the process. Cancelling a call closes the socket below TLS.
 *
 * <p>And they do not know that a body which is written is not sent yet: see {@link
 * StallWatch#expectAnswer}.
 */
final class StallGuard implements Interceptor {
  private static final int CHECKS = 8;

  private final Duration stallTimeout;
  private final Duration untilConnected;
  private final LongSupplier connectionRate;
  private final ScheduledThreadPoolExecutor checks;

  private StallGuard(TransportOptions options, Duration connectTimeout) {
    this.stallTimeout = options.stallTimeout();
    this.connectionRate = options.connectionRate();
    this.untilConnected = connectTimeout.plus(stallTimeout);
    this.checks =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "reelbeam-stall-guard");
              thread.setDaemon(true);
              return thread;
            });
    checks.setRemoveOnCancelPolicy(true);
  }

  /** Puts a guard into a client that is being built, in the place of OkHttp's timeouts. */
  static StallGuard addTo(
      OkHttpClient.Builder builder, OkHttpClient shared, TransportOptions options) {
    Duration connectTimeout =
        shared.connectTimeoutMillis() == 0
            ? options.stallTimeout()
            : Duration.ofMillis(shared.connectTimeoutMillis());
    StallGuard guard = new StallGuard(options, connectTimeout);
    builder
        .connectTimeout(connectTimeout)
        .readTimeout(Duration.ZERO)
        .writeTimeout(Duration.ZERO)
        .addInterceptor(guard)
        .addNetworkInterceptor(guard::onConnection);
    return guard;
  }

  /** From the moment at which the call has a thread, until its answer's body is closed. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    StallWatch watch = new StallWatch(chain.call(), stallTimeout, connectionRate);
    watch.expect(untilConnected);
    long interval = Math.max(1, stallTimeout.toNanos() / CHECKS);
    watch.checkedBy(
        checks.scheduleWithFixedDelay(watch::check, interval, interval, TimeUnit.NANOSECONDS));
    try {
      Request request = chain.request().newBuilder().tag(StallWatch.class, watch).build();
      return chain.proceed(request);
    } catch (IOException e) {
      watch.end();
      throw watch.named(e);
    } catch (RuntimeException | Error e) {
      watch.end();
      throw e;
    }
  }

  /** A network interceptor: there is a connection. */
  private Response onConnection(Chain chain) throws IOException {
    Request request = chain.request();
    StallWatch watch = request.tag(StallWatch.class);
    if (watch == null) {
      throw new IllegalStateException("a call without a watch");
    }
    watch.expectMore();
    RequestBody body = request.body();
    Response response =
        chain.proceed(
            body == null
                ? request
                : request.newBuilder().method(request.method(), watched(body, watch)).build());
    watch.rest();
    ResponseBody answer = response.body();
    return response
        .newBuilder()
        .body(
            ResponseBody.create(
                Okio.buffer(watch.source(answer.source())),
                answer.contentType(),
                answer.contentLength()))
        .build();
  }

  private static RequestBody watched(RequestBody body, StallWatch watch) {
    return new RequestBody() {
      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        long start = System.nanoTime();
        BufferedSink watched = Okio.buffer(watch.sink(sink));
        body.writeTo(watched);
        // down to the socket, so that nothing is left that would be written unwatched
        watched.flush();
        watch.expectAnswer(Duration.ofNanos(System.nanoTime() - start));
      }

      @Override
      public long contentLength() throws IOException {
        return body.contentLength();
      }

      @Override
      public @Nullable MediaType contentType() {
        return body.contentType();
      }

      @Override
      public boolean isOneShot() {
        return body.isOneShot();
      }
    };
  }

  void close() {
    checks.shutdown();
  }
}
