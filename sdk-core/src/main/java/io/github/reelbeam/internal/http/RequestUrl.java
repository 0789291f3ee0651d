package io.github.reelbeam.internal.http;

import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * The SDK's address of a request as an OkHttp URL that is byte for byte what the signature covers.
 */
final class RequestUrl {
  private RequestUrl() {}

  /**
   * @throws IllegalArgumentException if OkHttp would send another path or query than the one that
   *     was signed; {@code .} and {@code ..} path segments are the known case, which OkHttp
   *     resolves away
   */
  static HttpUrl of(SdkHttpRequest request) {
    String path = request.encodedPath().isEmpty() ? "/" : request.encodedPath();
    @Nullable String query = request.encodedQueryParameters().orElse(null);
    HttpUrl url =
        new HttpUrl.Builder()
            .scheme(request.protocol())
            .host(request.host())
            .port(request.port())
            .encodedPath(path)
            .encodedQuery(query)
            .build();
    if (!url.encodedPath().equals(path)) {
      throw new IllegalArgumentException(
          "the path "
              + path
              + " cannot be sent as it was signed: it would become "
              + url.encodedPath());
    }
    if (!Objects.equals(url.encodedQuery(), query)) {
      // The query is not shown: a presigned one is a credential.
      throw new IllegalArgumentException(
          "the query of " + path + " cannot be sent as it was signed");
    }
    return url;
  }
}
