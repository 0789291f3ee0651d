package io.github.reelbeam.examples.backend;

import io.github.reelbeam.backend.ApiRequest;
import io.github.reelbeam.backend.RequestRefusedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request, once it is known where it goes and whose it is.
 *
 * @param subject the user; empty where nobody has to be signed in
 * @param id what stands in the path where the route has a variable, else empty
 * @param query as it came, or null
 * @param idempotencyKey the header of this name, or null
 */
@SuppressWarnings("ArrayRecordComponent") // passed through, never compared
record Call(
    String subject,
    String id,
    @Nullable String query,
    @Nullable String idempotencyKey,
    byte[] body) {

  /** For the handlers of the library. */
  ApiRequest toApiRequest() {
    return new ApiRequest(subject, idempotencyKey, body);
  }

  /**
   * A number from the query.
   *
   * @throws RequestRefusedException 400 if it is not 1 to 18 digits
   */
  Optional<Long> number(String name) {
    for (String pair : query == null ? new String[0] : query.split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts[0].equals(name)) {
        String value = parts.length == 2 ? parts[1] : "";
        if (!value.matches("[0-9]{1,18}")) {
          throw new RequestRefusedException(400, "invalid_request", name + " is not a number");
        }
        return Optional.of(Long.valueOf(value));
      }
    }
    return Optional.empty();
  }

  /** Says where it goes; the body may hold a token. */
  @Override
  public String toString() {
    return "Call[" + subject + ", " + id + ", " + body.length + " bytes]";
  }
}
