package io.github.reelbeam.backend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/**
 * The answer to send back, unchanged.
 *
 * @param status the HTTP status
 * @param headers such as {@code Content-Type} and {@code Cache-Control}
 * @param body JSON; a grant's has secrets in it, which belong into no log and no cache
 */
public record ApiResponse(int status, Map<String, String> headers, String body) {
  private static final Map<String, String> HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store");

  // Long enough for a throttled service to recover; clients add their own, growing, delays.
  private static final Map<String, String> LATER_HEADERS =
      Map.of("Content-Type", "application/json", "Cache-Control", "no-store", "Retry-After", "2");

  /** Copies the headers. */
  public ApiResponse {
    headers = Map.copyOf(headers);
  }

  static ApiResponse json(int status, String body) {
    return new ApiResponse(status, HEADERS, body);
  }

  /**
   * An error in the form of the contract, for what a web server refuses before it asks the
   * handlers: 401 {@code unauthorized} above all.
   *
   * @param code in lower case with underscores; programs act on it
   * @param message for people; no secret may be in it
   */
  public static ApiResponse problem(int status, String code, String message) {
    return json(status, problemJson(code, message));
  }

  /** A refusal in the form of the contract. */
  public static ApiResponse refused(RequestRefusedException refusal) {
    return problem(refusal.status(), refusal.code(), String.valueOf(refusal.getMessage()));
  }

  /** 503: what fails now may work in a moment. */
  static ApiResponse unavailable(String message) {
    return new ApiResponse(503, LATER_HEADERS, problemJson("unavailable", message));
  }

  /** 500, with nothing in it of what went wrong: the log has that. */
  static ApiResponse internalError(String message) {
    return problem(500, "internal_error", message);
  }

  private static String problemJson(String code, String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", code)
        .put("message", message)
        .toString();
  }

  /** Shows the status only: the body may hold credentials. */
  @Override
  public String toString() {
    return "ApiResponse[" + status + "]";
  }
}
