package io.github.reelbeam.testservers;

import java.time.Instant;

/**
 * Credentials of the kind that STS hands out, good for one object of an {@link EmbeddedS3}.
 *
 * @param accessKeyId starts with {@code ASIA}, as temporary ones do at AWS
 * @param expiration the instant from which they are refused
 */
public record TemporaryKeys(
    String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "TemporaryKeys[accessKeyId=" + accessKeyId + ", expiration=" + expiration + "]";
  }
}
