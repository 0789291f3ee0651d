package io.github.reelbeam.internal.http;

import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import software.amazon.awssdk.http.SdkHttpHeaders;

/** The SDK's headers as OkHttp shall send them. */
final class RequestHeaders {
  /**
   * Left out: Content-Length and Transfer-Encoding come from the body, and a second copy could
   * contradict it. Expect, because OkHttp would wait a round trip for each part, and up to the
   * whole read timeout where a server or proxy never says 100; an early refusal is read without it
   * too. None but Content-Length can be signed, and the body repeats that.
   */
  private static final Set<String> NOT_COPIED =
      Set.of("content-length", "transfer-encoding", "expect");

  private RequestHeaders() {}

  /**
   * @throws IllegalArgumentException if a name or value could break out of its line; the message
   *     never has the value
   */
  static Headers of(SdkHttpHeaders source) {
    Headers.Builder headers = new Headers.Builder();
    // Host is copied as signed, port included: OkHttp sends one that is there and makes up none.
    source.forEachHeader(
        (name, values) -> {
          if (!NOT_COPIED.contains(name.toLowerCase(Locale.ROOT))) {
            values.forEach(value -> headers.addUnsafeNonAscii(name, checked(name, value)));
          }
        });
    if (headers.get("Accept-Encoding") == null) {
      // Without it OkHttp asks for gzip and unpacks, and lengths and checksums would no longer fit
      // the body.
      headers.add("Accept-Encoding", "identity");
    }
    return headers.build();
  }

  /**
   * OkHttp checks a value only together with refusing all that is not ASCII, which metadata may be.
   */
  private static String checked(String name, String value) {
    if (value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
      throw new IllegalArgumentException(
          "the header " + name + " has a control character in its value");
    }
    return value;
  }
}
