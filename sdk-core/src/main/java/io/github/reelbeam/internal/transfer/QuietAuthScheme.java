package io.github.reelbeam.internal.transfer;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;
import software.amazon.awssdk.services.s3.s3express.S3ExpressAuthScheme;

/**
 * One of the SDK's auth schemes with our signer in the place of its own, which logs secrets.
 *
 * @param <T> the kind of credentials
 */
final class QuietAuthScheme<T extends AwsCredentialsIdentity> implements AuthScheme<T> {
  private final AuthScheme<T> original;
  private final HttpSigner<T> signer;

  private QuietAuthScheme(AuthScheme<T> original, Supplier<Instant> now) {
    this.original = original;
    this.signer = new SigV4Signer<>(now);
  }

  /**
   * One for each of the SDK's schemes whose signer is at hand: for buckets, and for directory
   * buckets, which have session credentials of their own. SigV4a needs a module of the SDK that
   * Reelbeam leaves out.
   *
   * @param now the time to sign by
   */
  static List<AuthScheme<?>> all(Supplier<Instant> now) {
    return List.of(
        new QuietAuthScheme<>(AwsV4AuthScheme.create(), now),
        new QuietAuthScheme<>(S3ExpressAuthScheme.create(), now));
  }

  /** The original's id: a scheme with an id replaces the one that had it. */
  @Override
  public String schemeId() {
    return original.schemeId();
  }

  @Override
  public IdentityProvider<T> identityProvider(IdentityProviders providers) {
    return original.identityProvider(providers);
  }

  @Override
  public HttpSigner<T> signer() {
    return signer;
  }
}
