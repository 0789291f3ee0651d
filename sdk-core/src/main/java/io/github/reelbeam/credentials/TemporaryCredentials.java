package io.github.reelbeam.credentials;

import java.time.Instant;
import java.util.Objects;

/**
 * Credentials as AWS STS hands them out: good for a short time only.
 *
 * @param accessKeyId the access key's id
 * @param secretAccessKey the secret; never logged, never written to a disk
 * @param sessionToken the session token; as secret as the key
 * @param expiration when they expire, by the clock of the server that issued them
 */
public record TemporaryCredentials(
    String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {

  /** Checks that nothing is missing. */
  public TemporaryCredentials {
    Objects.requireNonNull(accessKeyId, "accessKeyId");
    Objects.requireNonNull(secretAccessKey, "secretAccessKey");
    Objects.requireNonNull(sessionToken, "sessionToken");
    Objects.requireNonNull(expiration, "expiration");
  }

  /** Shows the key's id and the expiration; the secrets are left out. */
  @Override
  public String toString() {
    return "TemporaryCredentials[" + accessKeyId + ", expires " + expiration + ", redacted]";
  }
}
