package io.github.reelbeam.backend;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a video that a client tells of is really there, and is what the client says: its
 * size, and its checksum or else its ETag, as far as the store and the client both give them. Many
 * stores give no checksum, some no ETag; the size is always compared.
 *
 * <p>An ETag is only looked at where checksums cannot be compared: equal checksums are proof
 * enough, and stores differ in what they make of ETags.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class AssetVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(Loggers.ASSETS);
  private static final Pattern ETAG_DRESS = Pattern.compile("^W/|\"");

  private final VideoBucket bucket;
  private final ObjectKeys keys;
  private final UploadLimits limits;

  private AssetVerifier(VideoBucket bucket, ObjectKeys keys, UploadLimits limits) {
    this.bucket = bucket;
    this.keys = keys;
    this.limits = limits;
  }

  /**
   * A verifier with the rules by which the grants were issued.
   *
   * @param keys a key that these cannot have made up is not looked at: other objects of the bucket
   *     are nobody's videos
   * @param limits hold for the object as the store has it
   */
  public static AssetVerifier of(VideoBucket bucket, ObjectKeys keys, UploadLimits limits) {
    return new AssetVerifier(bucket, keys, limits);
  }

  /**
   * Looks at the object.
   *
   * @return what the store says of it
   * @throws RequestRefusedException 404 {@code asset_not_found}, 409 {@code asset_mismatch}, 413
   *     {@code too_large}, 415 {@code content_type_not_allowed}
   * @throws VerificationFailedException if the store could not be asked
   */
  public StoredObject verify(AssetNotification told) {
    String key = told.key();
    if (!keys.mayHaveMade(key)) {
      LOG.warn("a notification names a key that was never granted");
      throw notFound();
    }
    if (told.bucket() != null && !told.bucket().equals(bucket.name())) {
      // not "not found", on which the client would send the video to the same bucket once more
      LOG.warn("{} was stored in another bucket than {}", key, bucket.name());
      throw mismatch("the video was stored in another bucket than this backend's");
    }
    Optional<StoredObject> found = bucket.find(key);
    if (found.isEmpty()) {
      LOG.warn("there is no object {}; the client had it confirmed: {}", key, told.confirmed());
      throw notFound();
    }
    StoredObject stored = found.get();
    checkSame(told, stored);
    checkLimits(stored);
    return stored;
  }

  /** The client may have announced something else than it has stored. */
  private void checkLimits(StoredObject stored) {
    try {
      limits.check(stored.size(), stored.contentType());
    } catch (RequestRefusedException e) {
      LOG.warn("{} is stored, but not taken: {}", stored.key(), e.getMessage());
      throw e;
    }
  }

  /** The client is told what differs, but not the object's side of it: it may not be its own. */
  private static void checkSame(AssetNotification told, StoredObject stored) {
    if (stored.size() != told.size()) {
      LOG.warn("{} has {} bytes and not {}", told.key(), stored.size(), told.size());
      throw mismatch("the object has another size");
    }
    AssetChecksum wanted = told.checksum();
    AssetChecksum kept = stored.checksum();
    if (wanted != null && kept != null && areOfOneKind(wanted, kept)) {
      if (!wanted.value().equals(kept.value())) {
        LOG.warn("{} has {} and not {}", told.key(), kept, wanted.value());
        throw mismatch("the object has another checksum");
      }
    } else if (eTagsDiffer(bare(told.eTag()), bare(stored.eTag()))) {
      LOG.warn("{} has the ETag {} and not {}", told.key(), stored.eTag(), told.eTag());
      throw mismatch("the object has another ETag");
    }
  }

  /** Checksums of different kinds say nothing of each other. */
  private static boolean areOfOneKind(AssetChecksum one, AssetChecksum other) {
    return one.algorithm().equalsIgnoreCase(other.algorithm())
        && one.type().equalsIgnoreCase(other.type());
  }

  private static boolean eTagsDiffer(String told, String stored) {
    return !told.isEmpty() && !stored.isEmpty() && !told.equals(stored);
  }

  /** Without quotes, and without the mark that proxies put on ETags; empty if there is none. */
  private static String bare(@Nullable String eTag) {
    return eTag == null ? "" : ETAG_DRESS.matcher(eTag.strip()).replaceAll("");
  }

  /**
   * Aborts what earlier runs of the same upload may have left open under its key. Failing at that
   * is logged and does no harm: the bucket's lifecycle rule will do it.
   */
  void abortLeftovers(String key) {
    try {
      int aborted = bucket.abortOpenUploads(key);
      if (aborted > 0) {
        LOG.info("aborted {} multipart uploads left open under {}", aborted, key);
      }
    } catch (RuntimeException e) {
      LOG.warn(
          "could not abort multipart uploads left open under {}, which takes"
              + " s3:ListBucketMultipartUploads and s3:AbortMultipartUpload; the bucket's lifecycle"
              + " rule has to remove them",
          key,
          e);
    }
  }

  private static RequestRefusedException notFound() {
    return new RequestRefusedException(404, "asset_not_found", "there is no such object");
  }

  private static RequestRefusedException mismatch(String why) {
    return new RequestRefusedException(409, "asset_mismatch", why);
  }
}
