package io.github.reelbeam.credentials;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leave to store one object: temporary credentials, and where the object goes.
 *
 * @param credentials the credentials
 * @param bucket the bucket
 * @param key the object's key
 * @param region the bucket's region
 * @param customEndpoint the store's URL, or null for AWS
 * @param pathStyleAccess whether the bucket goes into the path instead of the host name
 * @param token what the backend wants to see again at a renewal, or null
 * @param validFor how long the credentials are good from the moment the grant arrived: their
 *     expiration measured against the issuing server's own clock, so that a wrong clock on this
 *     machine does no harm
 */
public record UploadGrant(
    TemporaryCredentials credentials,
    String bucket,
    String key,
    String region,
    @Nullable URI customEndpoint,
    boolean pathStyleAccess,
    @Nullable String token,
    Duration validFor) {

  /** Checks that nothing is missing. */
  public UploadGrant {
    Objects.requireNonNull(credentials, "credentials");
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(region, "region");
    Objects.requireNonNull(validFor, "validFor");
  }

  /**
   * Returns a grant for an object on AWS, its validity measured against this machine's clock.
   *
   * @throws IllegalArgumentException if the credentials have expired
   */
  public static UploadGrant of(
      TemporaryCredentials credentials, String bucket, String key, String region) {
    Duration left = Duration.between(Instant.now(), credentials.expiration());
    if (left.isNegative()) {
      throw new IllegalArgumentException("the credentials expired at " + credentials.expiration());
    }
    return new UploadGrant(credentials, bucket, key, region, null, false, null, left);
  }

  /** The store's URL; empty for AWS. */
  public Optional<URI> endpoint() {
    return Optional.ofNullable(customEndpoint);
  }

  /** What the backend wants to see again at a renewal. */
  public Optional<String> renewalToken() {
    return Optional.ofNullable(token);
  }

  /** Shows where the object goes; secrets and tokens are left out. */
  @Override
  public String toString() {
    return "UploadGrant["
        + bucket
        + "/"
        + key
        + ", "
        + region
        + (customEndpoint == null ? "" : ", " + customEndpoint)
        + ", "
        + credentials
        + "]";
  }
}
