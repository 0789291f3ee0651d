package io.github.reelbeam.backend;

import java.util.Map;

/**
 * The answer to send back, unchanged.
 *
 * @param status the HTTP status
 * @param headers such as {@code Content-Type} and {@code Cache-Control}
 * @param body JSON; a grant's has secrets in it, which belong into no log and no cache
 */
public record ApiResponse(int status, Map<String, String> headers, String body) {

  /** Copies the headers. */
  public ApiResponse {
    headers = Map.copyOf(headers);
  }

  /** Shows the status only: the body may hold credentials. */
  @Override
  public String toString() {
    return "ApiResponse[" + status + "]";
  }
}
