package io.github.reelbeam.internal.http;

import io.github.reelbeam.TransferOptions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * The one HTTP transport of a {@link io.github.reelbeam.VideoUploader}: one connection pool, proxy
 * and TLS set-up for the backend and for S3.
 */
public final class HttpTransport implements AutoCloseable {
  // what the backend's requests may need beside the parts
  private static final int SPARE_CONNECTIONS = 5;
  private static final long IDLE_MINUTES = 5;

  private final OkHttpClient client;
  private final boolean own;
  private final SdkAsyncHttpClient s3;
  private final RateLimit rateLimit;

  /**
   * @param given the app's client, or null to make one
   * @param options how many connections to keep, how fast, and how long one may stand still
   */
  public HttpTransport(@Nullable OkHttpClient given, TransferOptions options) {
    this.own = given == null;
    this.client = given == null ? newClient(options) : given;
    Dispatcher dispatcher = new Dispatcher(daemonThreads("reelbeam-s3-"));
    // how many parts go at once is decided before they come here
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    this.rateLimit = new RateLimit(options.rateLimit());
    TransportOptions transport = new TransportOptions(options.stallTimeout(), true);
    this.s3 = new OkHttpAsyncClient(client, dispatcher, rateLimit.throttler(), transport);
  }

  private static OkHttpClient newClient(TransferOptions options) {
    return new OkHttpClient.Builder()
        .dispatcher(new Dispatcher(daemonThreads("reelbeam-http-")))
        // a part's connection stays for the next part, however many there are
        .connectionPool(
            new ConnectionPool(
                options.parallelism() + SPARE_CONNECTIONS, IDLE_MINUTES, TimeUnit.MINUTES))
        .build();
  }

  /** OkHttp's own threads would keep the JVM alive for a minute. */
  private static ExecutorService daemonThreads(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, prefix + count.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** The client for the backend. */
  public OkHttpClient client() {
    return client;
  }

  /** The client for S3, shared by all runs. */
  public SdkAsyncHttpClient s3() {
    return s3;
  }

  /** Caps the rate of all requests to S3 together, in bytes per second; 0 for no cap. */
  public void limitRate(long bytesPerSecond) {
    rateLimit.set(bytesPerSecond);
  }

  /** Closes what was made here; a client that was given stays open. */
  @Override
  public void close() {
    s3.close();
    if (own) {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }
}
