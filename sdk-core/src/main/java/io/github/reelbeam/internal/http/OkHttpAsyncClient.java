package io.github.reelbeam.internal.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Throttler;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * The SDK's asynchronous HTTP client over the app's OkHttp client: same connection pool, proxy, DNS
 * and TLS set-up.
 *
 * <p>Requests go out exactly as signed, once, over HTTP/1.1. The app's interceptors, cookies, cache
 * and authenticator are left out: they are made for its own backend, and would see temporary
 * credentials, change what is signed, or send the backend's tokens to S3. Its event listeners stay,
 * for they only watch. "Once" has one exception that OkHttp does not let go of: a GET or HEAD
 * answered 503 with {@code Retry-After: 0} is sent again.
 *
 * <p>Thread-safe. The dispatcher's limits apply to all requests that share it and may be changed at
 * any time; note that {@code maxRequestsPerHost} is 5 unless set.
 */
public final class OkHttpAsyncClient implements SdkAsyncHttpClient {
  private final OkHttpClient client;
  private final Throttler throttler;
  private final TransportOptions options;
  private final StallGuard guard;
  private final Set<S3Exchange> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param shared the app's client; it is used, not changed and not closed
   * @param throttler slows all request bodies down together, to its own rate
   */
  public OkHttpAsyncClient(
      OkHttpClient shared, Dispatcher dispatcher, Throttler throttler, TransportOptions options) {
    this.throttler = throttler;
    this.options = options;
    OkHttpClient.Builder builder = forS3(shared, dispatcher);
    this.guard = StallGuard.addTo(builder, shared, options);
    UnreadableAnswers.addTo(builder);
    this.client = builder.build();
  }

  private static OkHttpClient.Builder forS3(OkHttpClient shared, Dispatcher dispatcher) {
    OkHttpClient.Builder builder = shared.newBuilder();
    builder.interceptors().clear();
    builder.networkInterceptors().clear();
    ProxyLogin.addTo(builder, shared.proxyAuthenticator());
    return builder
        .dispatcher(dispatcher)
        .socketFactory(new NoDelaySocketFactory(shared.socketFactory()))
        // A connection for each part: on one HTTP/2 connection they would share its flow control.
        .protocols(List.of(Protocol.HTTP_1_1))
        // A redirected request needs another signature, which only the SDK can make.
        .followRedirects(false)
        .followSslRedirects(false)
        // The SDK counts and spaces the attempts.
        .retryOnConnectionFailure(false)
        .authenticator(Authenticator.NONE)
        .cookieJar(CookieJar.NO_COOKIES)
        .cache(null)
        // A big part on a slow line takes as long as it takes.
        .callTimeout(Duration.ZERO);
  }

  @Override
  public CompletableFuture<Void> execute(AsyncExecuteRequest work) {
    try {
      if (closed) {
        throw new IllegalStateException("the S3 transport is closed");
      }
      S3Exchange exchange = new S3Exchange(work, client.newCall(requestOf(work)));
      running.add(exchange);
      CompletableFuture<Void> future = exchange.start();
      var unused = future.whenComplete((done, failure) -> running.remove(exchange));
      if (closed) {
        exchange.stop(); // close() may have looked before this one was added
      }
      return future;
    } catch (IllegalArgumentException | IllegalStateException e) {
      // Not an I/O failure on purpose: trying again would not help.
      work.responseHandler().onError(e);
      return FailedFuture.of(e);
    }
  }

  private Request requestOf(AsyncExecuteRequest work) {
    SdkHttpRequest request = work.request();
    return new Request.Builder()
        .url(RequestUrl.of(request))
        .headers(RequestHeaders.of(request))
        .method(request.method().name(), bodyOf(work))
        .build();
  }

  private @Nullable RequestBody bodyOf(AsyncExecuteRequest work) {
    long length = lengthOf(work);
    SdkHttpMethod method = work.request().method();
    if (method == SdkHttpMethod.GET || method == SdkHttpMethod.HEAD) {
      if (length > 0) {
        throw new IllegalArgumentException(method + " cannot carry a body");
      }
      return null;
    }
    return new PulledRequestBody(
        work.requestContentPublisher(), length, throttler, options.stallTimeout());
  }

  /** The header's word goes before the publisher's: it may be signed. */
  private static long lengthOf(AsyncExecuteRequest work) {
    return work.request()
        .firstMatchingHeader("Content-Length")
        .map(Long::valueOf)
        .orElseGet(
            () ->
                work.requestContentPublisher()
                    .contentLength()
                    .orElse(PulledRequestBody.UNKNOWN_LENGTH));
  }

  @Override
  public String clientName() {
    return "ReelbeamOkHttp";
  }

  /**
   * Cancels what is under way here. Connections stay in the app's pool, which lets them go when
   * idle.
   */
  @Override
  public void close() {
    closed = true;
    running.forEach(S3Exchange::stop);
    guard.close();
    if (options.ownsDispatcher()) {
      client.dispatcher().executorService().shutdown();
    }
  }
}
