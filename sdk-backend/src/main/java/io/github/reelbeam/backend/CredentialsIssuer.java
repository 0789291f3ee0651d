package io.github.reelbeam.backend;

import java.time.Duration;

/**
 * Makes temporary credentials for one object: {@link StsCredentials}, or an own implementation for
 * stores that have no STS.
 *
 * <p>Implementations have to be safe for use by several threads.
 */
@FunctionalInterface
public interface CredentialsIssuer {

  /**
   * What the credentials are to be good for.
   *
   * @param bucket the one bucket
   * @param key the one key in it: may be put, by parts or whole, and its parts listed and aborted
   * @param subject the user who gets the credentials, as authenticated by the backend
   * @param validity how long they are to hold
   */
  record Scope(String bucket, String key, String subject, Duration validity) {}

  /**
   * Makes credentials; asked for each grant and each renewal.
   *
   * @throws GrantFailedException if there are none to be had
   */
  TemporaryCredentials issue(Scope scope);

  /**
   * Called when an issuer of grants is built, so that a duration that can never be had shows at the
   * start of the backend and not at its first user.
   *
   * @throws IllegalArgumentException if credentials cannot be made to hold this long, or not this
   *     short; the message says what can be had
   */
  default void checkValidity(Duration validity) {}
}
