package io.github.reelbeam.testservers;

import io.github.reelbeam.backend.CredentialsIssuer;
import io.github.reelbeam.backend.TemporaryCredentials;

/** The key ring of an {@link EmbeddedS3} in the place of STS. */
final class EmbeddedCredentials implements CredentialsIssuer {
  private final EmbeddedS3 s3;

  EmbeddedCredentials(EmbeddedS3 s3) {
    this.s3 = s3;
  }

  @Override
  public TemporaryCredentials issue(Scope scope) {
    TemporaryKeys keys = s3.issue(scope.key(), scope.validity());
    return new TemporaryCredentials(
        keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken(), keys.expiration());
  }
}
