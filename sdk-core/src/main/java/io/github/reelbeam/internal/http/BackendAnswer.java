package io.github.reelbeam.internal.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the backend answered.
 *
 * @param status the HTTP status
 * @param body the body; empty if it is longer than an answer may be
 * @param tooLong whether the body was left unread because of its length
 * @param date the backend's clock when it answered, or null if it did not say
 * @param retryAfter the header {@code Retry-After}, or null
 * @param location where a redirect leads to, or null
 * @param requestId the name under which the backend logged the request, or null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shown
public record BackendAnswer(
    int status,
    byte[] body,
    boolean tooLong,
    @Nullable Instant date,
    @Nullable String retryAfter,
    @Nullable String location,
    @Nullable String requestId) {

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  boolean isRedirect() {
    return status >= 300 && status < 400;
  }

  /** Whether the same request may succeed a little later. */
  boolean isTransient() {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  /** Shows the status; the body may hold secrets. */
  @Override
  public String toString() {
    return "BackendAnswer[" + status + ", " + body.length + " bytes, request " + requestId + "]";
  }
}
