package io.github.reelbeam.it;

import java.util.List;
import java.util.Map;

/**
 * A request to a backend and the answer to it, as they were on the wire.
 *
 * @param path of the URL, such as {@code /api/v1/uploads}
 * @param requestHeaders names of any case
 * @param responseHeaders names of any case
 */
record Exchange(
    String method,
    String path,
    Map<String, List<String>> requestHeaders,
    String requestBody,
    int status,
    Map<String, List<String>> responseHeaders,
    String responseBody) {

  /** The bodies may hold credentials. */
  @Override
  public String toString() {
    return method + " " + path + " -> " + status;
  }
}
