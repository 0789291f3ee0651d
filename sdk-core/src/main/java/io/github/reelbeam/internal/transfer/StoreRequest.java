package io.github.reelbeam.internal.transfer;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request to the store that is over.
 *
 * @param operation as S3 calls it
 * @param partNumber the part that it carried, 1 for an object in one piece; 0 for none
 * @param status of the answer; 0 if there was none
 * @param took from when it went out, not from when it began to wait for its turn
 * @param requestId the store's, to be given to its operators; null if it said none
 * @param extendedRequestId the second one that AWS gives; null if there is none
 * @param failure what went wrong, in words without secrets; null if there was an answer
 */
public record StoreRequest(
    String operation,
    int partNumber,
    int status,
    Duration took,
    @Nullable String requestId,
    @Nullable String extendedRequestId,
    @Nullable String failure) {

  /** Whether the store has done what it was asked for. */
  public boolean succeeded() {
    return failure == null && status >= 200 && status < 300;
  }
}
