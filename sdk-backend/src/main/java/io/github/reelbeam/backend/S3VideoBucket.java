package io.github.reelbeam.backend;

import io.github.reelbeam.backend.AssetNotification.Checksum;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket in S3 or in a store that speaks its language.
 *
 * <p>The backend's own rights that this needs: {@code s3:GetObject} on the videos (for HEAD),
 * {@code s3:ListBucket} on the bucket (without it S3 answers 403 for an object that is not there),
 * {@code s3:ListBucketMultipartUploads} on the bucket and {@code s3:AbortMultipartUpload} on the
 * videos.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class S3VideoBucket implements VideoBucket {
  private static final int NOT_FOUND = 404;

  private final S3Client s3;
  private final String name;

  private S3VideoBucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
  }

  /**
   * A bucket.
   *
   * @param s3 the app's own client, with the backend's keys; not closed here
   */
  public static S3VideoBucket of(S3Client s3, String name) {
    return new S3VideoBucket(s3, name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<StoredObject> find(String key) {
    try {
      HeadObjectResponse head =
          s3.headObject(r -> r.bucket(name).key(key).checksumMode(ChecksumMode.ENABLED));
      return Optional.of(
          new StoredObject(
              key, head.contentLength(), head.contentType(), head.eTag(), checksum(head)));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static @Nullable Checksum checksum(HeadObjectResponse head) {
    return head.checksumCRC32() == null
        ? null
        : new Checksum("CRC32", head.checksumTypeAsString(), head.checksumCRC32());
  }

  @Override
  public int abortOpenUploads(String key) {
    int aborted = 0;
    for (MultipartUpload open :
        s3.listMultipartUploadsPaginator(r -> r.bucket(name).prefix(key)).uploads()) {
      // the prefix of a key may be a key of its own
      if (open.key().equals(key)) {
        abort(open);
        aborted++;
      }
    }
    return aborted;
  }

  private void abort(MultipartUpload open) {
    try {
      s3.abortMultipartUpload(r -> r.bucket(name).key(open.key()).uploadId(open.uploadId()));
    } catch (NoSuchUploadException e) {
      // somebody else was faster
    }
  }
}
