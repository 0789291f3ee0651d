package io.github.reelbeam.internal.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * Makes a broken answer of what OkHttp, or an interceptor of the app's, throws besides {@link
 * IOException}: at an answer with the status -29, for example, OkHttp throws an
 * IllegalStateException. It would come out of the thread, where nobody catches it, and on Android
 * ends the app.
 */
final class UnreadableAnswers implements Interceptor {
  private UnreadableAnswers() {}

  /** Puts it around all other interceptors. */
  static void addTo(OkHttpClient.Builder builder) {
    builder.interceptors().add(0, new UnreadableAnswers());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      return chain.proceed(chain.request());
    } catch (RuntimeException e) {
      throw new IOException("the answer cannot be read", e);
    }
  }
}
