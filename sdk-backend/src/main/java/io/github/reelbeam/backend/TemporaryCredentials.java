package io.github.reelbeam.backend;

import java.time.Instant;

/**
 * Credentials that end by themselves. {@code toString()} shows the access key id and the end only.
 *
 * @param accessKeyId names the session; no secret by itself
 * @param secretAccessKey the secret that signs requests
 * @param sessionToken the session token; as secret as the key
 * @param expiration from when on the store refuses them
 */
public record TemporaryCredentials(
    String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {

  @Override
  public String toString() {
    return "TemporaryCredentials[" + accessKeyId + ", expiration=" + expiration + ", redacted]";
  }
}
