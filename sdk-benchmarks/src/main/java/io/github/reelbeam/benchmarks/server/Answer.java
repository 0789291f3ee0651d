package io.github.reelbeam.benchmarks.server;

/**
 * What a request is answered with.
 *
 * @param status such as {@code 200 OK}
 * @param headers lines, each with its end
 * @param body XML, or an empty string
 */
record Answer(String status, String headers, String body) {

  static Answer ok(String headers, String body) {
    return new Answer("200 OK", headers, body);
  }

  static Answer error(String status, String code) {
    return new Answer(
        status, "Content-Type: application/xml\r\n", "<Error><Code>" + code + "</Code></Error>");
  }

  boolean hasOwnLength() {
    return status.startsWith("204") || headers.contains("Content-Length:");
  }
}
