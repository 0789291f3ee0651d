package io.github.reelbeam.internal.http;

import java.util.Locale;
import java.util.Set;

/** What may stand in a request's headers, checked before OkHttp quotes it in an exception. */
final class BackendHeaders {
  private static final Set<String> RESERVED =
      Set.of(
          "authorization",
          "accept-encoding",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "host",
          "idempotency-key",
          "transfer-encoding");

  private BackendHeaders() {}

  /**
   * Checks a header that an app wants to add.
   *
   * @throws IllegalArgumentException if it is not one, or is set by Reelbeam itself
   */
  static void check(String name, String value) {
    if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
      throw new IllegalArgumentException("a header cannot be named '" + name + "'");
    }
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "the header " + name + " is set by Reelbeam; for Authorization use authorization(...)");
    }
    if (!isValue(value)) {
      throw new IllegalArgumentException(
          "the value of the header " + name + " has characters other than printable ASCII");
    }
  }

  /** Whether every character can stand in a header's value. */
  static boolean isValue(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
  }
}
