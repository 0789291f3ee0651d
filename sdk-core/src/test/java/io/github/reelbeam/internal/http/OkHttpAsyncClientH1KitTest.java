package io.github.reelbeam.internal.http;

import java.time.Duration;
import okhttp3.Dispatcher;
import okio.Throttler;
import software.amazon.awssdk.http.SdkAsyncHttpClientH1TestSuite;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** The SDK's acceptance tests for asynchronous HTTP/1.1 clients. */
class OkHttpAsyncClientH1KitTest extends SdkAsyncHttpClientH1TestSuite {
  @Override
  protected SdkAsyncHttpClient setupClient() {
    return new OkHttpAsyncClient(
        TrustEverything.client(),
        new Dispatcher(),
        new Throttler(),
        new TransportOptions(Duration.ofSeconds(10), true));
  }
}
