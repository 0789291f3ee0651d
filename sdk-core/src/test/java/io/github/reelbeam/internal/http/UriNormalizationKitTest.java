package io.github.reelbeam.internal.http;

import java.time.Duration;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okio.Throttler;
import software.amazon.awssdk.http.HttpClientUriNormalizationTestSuite;
import software.amazon.awssdk.http.SdkHttpClient;

/** The SDK's acceptance tests for clients that must leave an encoded path alone. */
class UriNormalizationKitTest extends HttpClientUriNormalizationTestSuite {
  @Override
  protected SdkHttpClient createSdkHttpClient() {
    return new BlockingFace(
        new OkHttpAsyncClient(
            new OkHttpClient(),
            new Dispatcher(),
            new Throttler(),
            new TransportOptions(Duration.ofSeconds(10), true)));
  }
}
