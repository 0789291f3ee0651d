package io.github.reelbeam.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A new bucket of the real store, and what its owner does with it; emptied and deleted at the end.
 */
final class OwnedBucket implements AutoCloseable {
  private final String name = RealStore.newBucketName();
  private final S3Client owner;

  private OwnedBucket(S3Client owner) {
    this.owner = owner;
    owner.createBucket(r -> r.bucket(name));
  }

  static OwnedBucket in(RealStore store) {
    return new OwnedBucket(store.s3());
  }

  String name() {
    return name;
  }

  /** S3 with the owner's keys. */
  S3Client owner() {
    return owner;
  }

  void put(String key, String content) {
    owner.putObject(r -> r.bucket(name).key(key), RequestBody.fromString(content));
  }

  String content(String key) {
    return new String(bytes(key), UTF_8);
  }

  byte[] bytes(String key) {
    return owner.getObjectAsBytes(r -> r.bucket(name).key(key)).asByteArray();
  }

  List<String> keys() {
    return owner.listObjectsV2Paginator(r -> r.bucket(name)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  /** The keys of the multipart uploads that nobody has completed or aborted. */
  List<String> openUploads() {
    return owner.listMultipartUploadsPaginator(r -> r.bucket(name)).uploads().stream()
        .map(MultipartUpload::key)
        .toList();
  }

  /** Where an object is, without a signature. */
  URI url(String key) {
    return URI.create(owner.utilities().getUrl(r -> r.bucket(name).key(key)).toString());
  }

  /** Starts a multipart upload as the owner. */
  String startUpload(String key) {
    return owner.createMultipartUpload(r -> r.bucket(name).key(key)).uploadId();
  }

  /** The list of parts of an upload that has one. */
  static CompletedPart onlyPart(String eTag) {
    return CompletedPart.builder().partNumber(1).eTag(eTag).build();
  }

  /** Deletes all that is in it, and aborts what is on its way into it. */
  void empty() {
    for (MultipartUpload open :
        owner.listMultipartUploadsPaginator(r -> r.bucket(name)).uploads()) {
      owner.abortMultipartUpload(r -> r.bucket(name).key(open.key()).uploadId(open.uploadId()));
    }
    keys().forEach(key -> owner.deleteObject(r -> r.bucket(name).key(key)));
  }

  @Override
  public void close() {
    try (owner) {
      empty();
      owner.deleteBucket(r -> r.bucket(name));
    }
  }
}
