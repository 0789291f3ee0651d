package io.github.reelbeam.backend;

import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
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
 * videos. In a bucket that encrypts with KMS, {@code kms:Decrypt} on its key as well: without it
 * the checksum cannot be had, and S3 refuses.
 *
 * <p>Each notification waits for one HEAD and one listing. Give the client an {@code
 * apiCallTimeout} of some seconds, so that a store that hangs becomes an answer before the clients
 * of the backend lose their patience (30 s of silence, with Reelbeam's).
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class S3VideoBucket implements VideoBucket {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;

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
    HeadObjectResponse head;
    try {
      head = s3.headObject(r -> r.bucket(name).key(key).checksumMode(ChecksumMode.ENABLED));
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND) {
        throw failed("HEAD of " + name + "/" + key, e);
      }
      checkBucketExists();
      return Optional.empty();
    } catch (SdkException e) {
      throw failed("HEAD of " + name + "/" + key, e);
    }
    if (head.contentLength() == null) {
      throw new VerificationFailedException(
          "the store tells no size of " + name + "/" + key, false, null);
    }
    return Optional.of(
        new StoredObject(
            key,
            head.contentLength(),
            head.contentType(),
            head.eTag(),
            StoredChecksum.of(head).orElse(null)));
  }

  /**
   * An answer to HEAD has no body, so that a missing bucket looks like a missing object; and a
   * client that is told of a missing object sends its video again, in vain.
   */
  private void checkBucketExists() {
    try {
      s3.headBucket(r -> r.bucket(name));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        throw new VerificationFailedException(
            "the store knows no bucket " + name + ": check its name and the endpoint", false, e);
      }
      if (e.statusCode() != FORBIDDEN) {
        throw failed("HEAD of the bucket " + name, e);
      }
      // a store that tells "not found" and "forbidden" apart for objects has told us already
    } catch (SdkException e) {
      throw failed("HEAD of the bucket " + name, e);
    }
  }

  private static VerificationFailedException failed(String what, SdkException e) {
    if (e instanceof S3Exception refusal && refusal.statusCode() == FORBIDDEN) {
      return new VerificationFailedException(
          what
              + " is answered with 403: the backend's own credentials have run out, or they need"
              + " s3:GetObject on the object, and s3:ListBucket on the bucket, without which S3"
              + " answers 403 for objects that are not there",
          false,
          e);
    }
    return new VerificationFailedException(what + " failed: " + e.getMessage(), isTransient(e), e);
  }

  private static boolean isTransient(SdkException e) {
    if (e instanceof S3Exception answer) {
      int status = answer.statusCode();
      return status >= 500
          || status == REQUEST_TIMEOUT
          || status == TOO_MANY_REQUESTS
          || answer.isThrottlingException();
    }
    // no network, a timeout, no credentials for the moment: the store has not answered at all
    return e instanceof SdkClientException || e.retryable();
  }

  @Override
  public int abortOpenUploads(String key) {
    int aborted = 0;
    for (MultipartUpload open :
        s3.listMultipartUploadsPaginator(r -> r.bucket(name).prefix(key)).uploads()) {
      // the prefix of a key may be a key of its own
      if (open.key().equals(key) && abort(open)) {
        aborted++;
      }
    }
    return aborted;
  }

  private boolean abort(MultipartUpload open) {
    try {
      s3.abortMultipartUpload(r -> r.bucket(name).key(open.key()).uploadId(open.uploadId()));
      return true;
    } catch (NoSuchUploadException e) {
      return false; // somebody else was faster
    }
  }
}
