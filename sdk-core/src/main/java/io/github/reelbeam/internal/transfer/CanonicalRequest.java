package io.github.reelbeam.internal.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/**
 * A request in the one form that its sender and S3 agree on, so that both come to the same
 * signature ("Create a canonical request" in the AWS documentation on Signature Version 4).
 *
 * @param text what is signed; the session token is in it, so it must not be logged
 * @param signedHeaders the names of the headers in it
 */
record CanonicalRequest(String text, String signedHeaders) {
  /** What a proxy or the HTTP client may change on the way; the SDK leaves out the same. */
  private static final Set<String> UNSIGNED =
      Set.of(
          "connection",
          "expect",
          "transfer-encoding",
          "user-agent",
          "x-amzn-trace-id",
          "x-forwarded-for");

  private static final Pattern WHITE_SPACE = Pattern.compile("[ \\t\\n\\x0B\\f\\r]+");

  /**
   * @param request with all its headers but Authorization
   * @param contentHash as in the header x-amz-content-sha256
   */
  static CanonicalRequest of(SdkHttpRequest request, String contentHash) {
    SortedMap<String, String> headers = headers(request);
    String signedHeaders = String.join(";", headers.keySet());
    StringBuilder text = new StringBuilder(2048);
    text.append(request.method()).append('\n');
    text.append(path(request)).append('\n');
    text.append(query(request)).append('\n');
    headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    text.append('\n').append(signedHeaders).append('\n').append(contentHash);
    return new CanonicalRequest(text.toString(), signedHeaders);
  }

  /** As it is sent: S3, unlike other services, wants it neither normalised nor encoded again. */
  private static String path(SdkHttpRequest request) {
    String path = request.encodedPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  private static String query(SdkHttpRequest request) {
    SortedMap<String, String> parameters = new TreeMap<>();
    request.forEachRawQueryParameter(
        (name, values) -> {
          if (name != null && !name.isEmpty() && !values.isEmpty()) {
            String encoded = encoded(name);
            parameters.put(
                encoded,
                values.stream()
                    .map(CanonicalRequest::encoded)
                    .sorted()
                    .map(value -> encoded + "=" + value)
                    .collect(Collectors.joining("&")));
          }
        });
    return String.join("&", parameters.values());
  }

  /** All but letters, digits and {@code -._~} in percents; a parameter without value is empty. */
  private static String encoded(@Nullable String text) {
    return text == null ? "" : SdkHttpUtils.urlEncode(text);
  }

  private static SortedMap<String, String> headers(SdkHttpRequest request) {
    SortedMap<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!UNSIGNED.contains(name)) {
        headers.put(
            name,
            header.getValue().stream()
                .map(CanonicalRequest::trimmed)
                .collect(Collectors.joining(",")));
      }
    }
    return headers;
  }

  private static String trimmed(@Nullable String value) {
    if (value == null) {
      return "";
    }
    String collapsed = WHITE_SPACE.matcher(value).replaceAll(" ");
    int from = collapsed.startsWith(" ") ? 1 : 0;
    int to = collapsed.length() - (collapsed.endsWith(" ") ? 1 : 0);
    return from < to ? collapsed.substring(from, to) : "";
  }

  /** Leaves the text out. */
  @Override
  public String toString() {
    return "CanonicalRequest[" + signedHeaders + "]";
  }
}
