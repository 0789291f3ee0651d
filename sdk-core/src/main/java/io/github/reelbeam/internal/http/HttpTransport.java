package io.github.reelbeam.internal.http;

import io.github.reelbeam.TransferOptions;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * The one HTTP transport of a {@link io.github.reelbeam.VideoUploader}: one connection pool, proxy
 * and TLS set-up for the backend and for S3.
 */
public final class HttpTransport implements AutoCloseable {
  private final OkHttpClient client;
  private final boolean own;
  private final SdkAsyncHttpClient s3;

  /**
   * @param given the app's client, or null to make one
   * @param options how many requests to S3 at once, and how long one may stand still
   */
  public HttpTransport(@Nullable OkHttpClient given, TransferOptions options) {
    this.client = given == null ? new OkHttpClient() : given;
    this.own = given == null;
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(options.parallelism());
    dispatcher.setMaxRequestsPerHost(options.parallelism());
    this.s3 =
        new OkHttpAsyncClient(
            client, dispatcher, new TransportOptions(options.stallTimeout(), true));
  }

  /** The client for the backend. */
  public OkHttpClient client() {
    return client;
  }

  /** The client for S3, shared by all runs. */
  public SdkAsyncHttpClient s3() {
    return s3;
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
