package io.github.reelbeam.internal.http;

import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** The OkHttp clients that talk to backends. */
final class BackendClients {
  private static final Duration IDLE_THREAD = Duration.ofSeconds(5);

  /** A backend that starts on demand may take its time. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /** No answer of 1 MiB takes longer, however it drips. */
  private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

  private BackendClients() {}

  /** Shared by all that were built without a client, and made only if there is one such. */
  private static final class Own {
    static final OkHttpClient CLIENT = make();

    private static OkHttpClient make() {
      // daemons: a program that has ended does not hang for threads that nobody can close
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              0,
              Integer.MAX_VALUE,
              IDLE_THREAD.toMillis(),
              TimeUnit.MILLISECONDS,
              new SynchronousQueue<>(),
              task -> {
                Thread thread = new Thread(task, "reelbeam-backend");
                thread.setDaemon(true);
                return thread;
              });
      return new OkHttpClient.Builder()
          .dispatcher(new Dispatcher(threads))
          .readTimeout(READ_TIMEOUT)
          .writeTimeout(READ_TIMEOUT)
          .build();
    }
  }

  static OkHttpClient own() {
    return Own.CLIENT;
  }

  /**
   * A view of a client, on its pool and threads, that does what it is told and nothing more: each
   * repetition is decided, counted and authorized by {@link BackendCall}.
   */
  static OkHttpClient strict(OkHttpClient client) {
    OkHttpClient.Builder builder = client.newBuilder();
    ProxyLogin.addTo(builder, client.proxyAuthenticator());
    UnreadableAnswers.addTo(builder);
    return builder
        // limits of its own: a renewal must not queue behind the very parts that wait for it
        .dispatcher(new Dispatcher(client.dispatcher().executorService()))
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .callTimeout(
            client.callTimeoutMillis() == 0
                ? CALL_TIMEOUT
                : Duration.ofMillis(client.callTimeoutMillis()))
        .addNetworkInterceptor(chain -> withoutZeroHint(chain.proceed(chain.request())))
        .build();
  }

  /**
   * OkHttp repeats a 503 with {@code Retry-After: 0} by itself. The hint says nothing that its
   * absence does not say as well.
   */
  private static Response withoutZeroHint(Response response) {
    return response.code() == 503 && "0".equals(response.header("Retry-After"))
        ? response.newBuilder().removeHeader("Retry-After").build()
        : response;
  }
}
