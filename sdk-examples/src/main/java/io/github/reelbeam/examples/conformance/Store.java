package io.github.reelbeam.examples.conformance;

import io.github.reelbeam.credentials.UploadGrant;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Single requests to the store with the credentials of a grant: those that an upload needs, and
 * those that it has no business to make.
 */
final class Store implements AutoCloseable {

  /**
   * What the store answered.
   *
   * @param status the HTTP status; 0 if there was no answer
   * @param code S3's, or in words why there was no answer; empty if it was allowed
   */
  record Reply(int status, String code) {
    static final Reply ALLOWED = new Reply(200, "");

    boolean isAllowed() {
      return status == 200;
    }

    /** Whether the store does not allow it; any other failure tells nothing of that. */
    boolean isRefused() {
      return status == 401 || status == 403;
    }

    String inWords() {
      return isAllowed() ? "the store allowed it" : (status + " " + code).strip();
    }
  }

  /** A multipart upload, if the store has begun one. */
  record Begun(Reply reply, String uploadId) {}

  private static final byte[] ONE_BYTE = {0};

  private final S3Client s3;
  private final String bucket;

  private Store(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  static Store of(UploadGrant grant, Duration timeout) {
    return of(
        grant,
        timeout,
        AwsSessionCredentials.create(
            grant.credentials().accessKeyId(),
            grant.credentials().secretAccessKey(),
            grant.credentials().sessionToken()));
  }

  /** With the access key alone, as if it were no temporary one. */
  static Store withoutSessionToken(UploadGrant grant, Duration timeout) {
    return of(
        grant,
        timeout,
        AwsBasicCredentials.create(
            grant.credentials().accessKeyId(), grant.credentials().secretAccessKey()));
  }

  private static Store of(UploadGrant grant, Duration timeout, AwsCredentials credentials) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(grant.region()))
            .forcePathStyle(grant.pathStyleAccess())
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            // stores such as Ceph take neither trailers nor chunks with signatures
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .overrideConfiguration(
                settings ->
                    settings
                        .apiCallTimeout(timeout)
                        .retryStrategy(DefaultRetryStrategy.doNotRetry()));
    grant.endpoint().ifPresent(builder::endpointOverride);
    return new Store(builder.build(), grant.bucket());
  }

  Reply put(String key) {
    return reply(
        () -> s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(ONE_BYTE)));
  }

  Reply readFirstByte(String key) {
    return reply(
        () ->
            s3.getObject(
                r -> r.bucket(bucket).key(key).range("bytes=0-0"), ResponseTransformer.toBytes()));
  }

  Reply delete(String key) {
    return reply(() -> s3.deleteObject(r -> r.bucket(bucket).key(key)));
  }

  Reply list() {
    return reply(() -> s3.listObjectsV2(r -> r.bucket(bucket).maxKeys(1)));
  }

  /** Begins a multipart upload. */
  Begun create(String key) {
    try {
      String uploadId = s3.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
      return new Begun(Reply.ALLOWED, uploadId);
    } catch (SdkException e) {
      return new Begun(failed(e), "");
    }
  }

  Reply uploadPart(String key, String uploadId) {
    return reply(
        () ->
            s3.uploadPart(
                r -> r.bucket(bucket).key(key).uploadId(uploadId).partNumber(1),
                RequestBody.fromBytes(ONE_BYTE)));
  }

  Reply listParts(String key, String uploadId) {
    return reply(() -> s3.listParts(r -> r.bucket(bucket).key(key).uploadId(uploadId)));
  }

  Reply abort(String key, String uploadId) {
    return reply(() -> s3.abortMultipartUpload(r -> r.bucket(bucket).key(key).uploadId(uploadId)));
  }

  private static Reply reply(Runnable request) {
    try {
      request.run();
      return Reply.ALLOWED;
    } catch (SdkException e) {
      return failed(e);
    }
  }

  private static Reply failed(SdkException failure) {
    if (failure instanceof S3Exception refusal) {
      String code =
          refusal.awsErrorDetails() == null ? null : refusal.awsErrorDetails().errorCode();
      return new Reply(refusal.statusCode(), code == null ? "" : code);
    }
    return new Reply(0, "no answer from the store: " + failure.getMessage());
  }

  @Override
  public void close() {
    s3.close();
  }
}
