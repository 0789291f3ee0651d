package io.github.reelbeam;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the store encrypts the object at rest.
 *
 * @param algorithm the value of {@code x-amz-server-side-encryption}: {@code AES256}, {@code
 *     aws:kms} or {@code aws:kms:dsse}
 * @param key the KMS key's id or ARN; null for the bucket's default key and for {@code AES256}
 */
public record ServerSideEncryption(String algorithm, @Nullable String key) {

  /** Checks that an algorithm is given. */
  public ServerSideEncryption {
    Objects.requireNonNull(algorithm, "algorithm");
  }

  /** Keys that S3 manages (SSE-S3). */
  public static ServerSideEncryption s3() {
    return new ServerSideEncryption("AES256", null);
  }

  /** The KMS key that the bucket names, or the account's default (SSE-KMS). */
  public static ServerSideEncryption kms() {
    return new ServerSideEncryption("aws:kms", null);
  }

  /** This KMS key (SSE-KMS). The grant's credentials must be allowed to use it. */
  public static ServerSideEncryption kms(String keyId) {
    return new ServerSideEncryption("aws:kms", Objects.requireNonNull(keyId, "keyId"));
  }

  /** The KMS key's id or ARN, if one is named. */
  public Optional<String> keyId() {
    return Optional.ofNullable(key);
  }
}
