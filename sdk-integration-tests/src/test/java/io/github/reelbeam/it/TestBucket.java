package io.github.reelbeam.it;

import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of one test's own, deleted at its end with all that is in it. */
final class TestBucket implements AutoCloseable {
  private final S3Client s3;
  private final String name = RealStore.newBucketName();

  private TestBucket(S3Client s3) {
    this.s3 = s3;
  }

  static TestBucket in(RealStore store) {
    TestBucket bucket = new TestBucket(store.s3());
    bucket.s3.createBucket(r -> r.bucket(bucket.name));
    return bucket;
  }

  String name() {
    return name;
  }

  List<String> keys() {
    return s3.listObjectsV2Paginator(r -> r.bucket(name)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /** The keys of the multipart uploads that nobody has completed or aborted. */
  List<String> openUploads() {
    return s3.listMultipartUploadsPaginator(r -> r.bucket(name)).uploads().stream()
        .map(MultipartUpload::key)
        .toList();
  }

  byte[] bytes(String key) {
    return s3.getObjectAsBytes(r -> r.bucket(name).key(key)).asByteArray();
  }

  /** Deletes all that is in it, and aborts what is on its way into it. */
  void empty() {
    keys().forEach(key -> s3.deleteObject(r -> r.bucket(name).key(key)));
    s3.listMultipartUploadsPaginator(r -> r.bucket(name))
        .uploads()
        .forEach(
            open ->
                s3.abortMultipartUpload(
                    r -> r.bucket(name).key(open.key()).uploadId(open.uploadId())));
  }

  @Override
  public void close() {
    try (s3) {
      empty();
      s3.deleteBucket(r -> r.bucket(name));
    }
  }
}
