package io.github.reelbeam.testservers;

import io.github.reelbeam.backend.StoredObject;
import io.github.reelbeam.backend.VideoBucket;
import java.util.Optional;

/** The bucket of an {@link EmbeddedS3}, looked into from the side. */
final class EmbeddedBucket implements VideoBucket {
  private final EmbeddedS3 s3;
  private final boolean keepsLeftovers;

  EmbeddedBucket(EmbeddedS3 s3, boolean keepsLeftovers) {
    this.s3 = s3;
    this.keepsLeftovers = keepsLeftovers;
  }

  @Override
  public String name() {
    return s3.bucket();
  }

  @Override
  public Optional<StoredObject> find(String key) {
    // S3Proxy keeps no checksums
    return s3.find(key)
        .map(found -> new StoredObject(key, found.size(), found.contentType(), found.eTag(), null));
  }

  @Override
  public int abortOpenUploads(String key) {
    return keepsLeftovers ? 0 : s3.abortUploads(key);
  }
}
