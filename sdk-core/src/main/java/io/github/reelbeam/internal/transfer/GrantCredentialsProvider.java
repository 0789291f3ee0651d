package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.credentials.TemporaryCredentials;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.ResolveIdentityRequest;

/** Feeds the SDK with the grant's credentials, without blocking while they are renewed. */
final class GrantCredentialsProvider implements AwsCredentialsProvider {
  private final Supplier<CompletableFuture<TemporaryCredentials>> credentials;

  GrantCredentialsProvider(Supplier<CompletableFuture<TemporaryCredentials>> credentials) {
    this.credentials = credentials;
  }

  @Override
  public CompletableFuture<AwsCredentialsIdentity> resolveIdentity(ResolveIdentityRequest request) {
    return credentials.get().thenApply(GrantCredentialsProvider::convert);
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return convert(credentials.get().join());
  }

  private static AwsSessionCredentials convert(TemporaryCredentials granted) {
    return AwsSessionCredentials.create(
        granted.accessKeyId(), granted.secretAccessKey(), granted.sessionToken());
  }
}
