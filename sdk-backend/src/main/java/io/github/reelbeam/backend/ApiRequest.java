package io.github.reelbeam.backend;

import org.jspecify.annotations.Nullable;

/**
 * A request to one of the three endpoints, taken out of whatever web framework received it.
 *
 * @param subject the user who asks, as the backend has authenticated it: never a value that the
 *     request itself claims
 * @param idempotencyKey the header {@code Idempotency-Key}, or null
 * @param body as it was received; the web framework bounds its length
 */
@SuppressWarnings("ArrayRecordComponent") // passed through, never compared
public record ApiRequest(String subject, @Nullable String idempotencyKey, byte[] body) {

  /** Shows who asks; the body may hold a token. */
  @Override
  public String toString() {
    return "ApiRequest[" + subject + ", " + body.length + " bytes]";
  }
}
