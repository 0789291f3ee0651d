package io.github.reelbeam.it;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps every request of an app's client that got an answer. It stands next to the network, where
 * the headers are the ones that are sent.
 */
final class RecordedExchanges implements Interceptor {
  private static final long LONGEST_ANSWER = 1 << 20;

  private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

  /** A client that is recorded. */
  OkHttpClient client() {
    return new OkHttpClient.Builder().addNetworkInterceptor(this).build();
  }

  /** What was recorded, in the order of the answers. */
  List<Exchange> all() {
    return List.copyOf(exchanges);
  }

  /** What was asked for and how it was answered, such as {@code /api/v1/video 201}. */
  List<String> summary() {
    return exchanges.stream().map(exchange -> exchange.path() + " " + exchange.status()).toList();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Response response = chain.proceed(request);
    exchanges.add(
        new Exchange(
            request.method(),
            request.url().encodedPath(),
            request.headers().toMultimap(),
            text(request.body()),
            response.code(),
            response.headers().toMultimap(),
            response.peekBody(LONGEST_ANSWER).string()));
    return response;
  }

  private static String text(@Nullable RequestBody body) throws IOException {
    Buffer buffer = new Buffer();
    if (body != null) {
      body.writeTo(buffer);
    }
    return buffer.readUtf8();
  }
}
