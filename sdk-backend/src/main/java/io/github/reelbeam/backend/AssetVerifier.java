package io.github.reelbeam.backend;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether a video that a client tells of is really there, and is what the client says: size,
 * checksum and ETag as far as the store and the client both give them.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class AssetVerifier {
  private static final Logger LOG = LoggerFactory.getLogger(AssetVerifier.class);

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
   * @param keys a key that these cannot have made up is not looked at
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
   */
  public StoredObject verify(AssetNotification told) {
    if (differs(told.bucket(), bucket.name()) || !keys.mayHaveMade(told.key())) {
      throw notFound();
    }
    StoredObject stored = bucket.find(told.key()).orElseThrow(AssetVerifier::notFound);
    if (stored.size() != told.size()) {
      throw mismatch("the object has " + stored.size() + " bytes, not " + told.size());
    }
    if (differs(unquoted(told.eTag()), unquoted(stored.eTag()))) {
      throw mismatch("the object has another ETag");
    }
    if (differ(told.checksum(), stored.checksum())) {
      throw mismatch("the object has another checksum");
    }
    limits.check(stored.size(), stored.contentType());
    return stored;
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
          "could not look for multipart uploads left open under {}; the bucket's lifecycle rule"
              + " has to remove them",
          key,
          e);
    }
  }

  private static boolean differ(
      AssetNotification.@Nullable Checksum told, AssetNotification.@Nullable Checksum stored) {
    // two checksums of different kinds say nothing of each other
    return told != null
        && stored != null
        && told.algorithm().equalsIgnoreCase(stored.algorithm())
        && told.type().toUpperCase(Locale.ROOT).equals(stored.type().toUpperCase(Locale.ROOT))
        && !told.value().equals(stored.value());
  }

  private static boolean differs(@Nullable String told, @Nullable String known) {
    return told != null
        && known != null
        && !told.isEmpty()
        && !known.isEmpty()
        && !told.equals(known);
  }

  private static @Nullable String unquoted(@Nullable String eTag) {
    return eTag == null ? null : eTag.replace("\"", "");
  }

  private static RequestRefusedException notFound() {
    return new RequestRefusedException(404, "asset_not_found", "there is no such object");
  }

  private static RequestRefusedException mismatch(String why) {
    return new RequestRefusedException(409, "asset_mismatch", why);
  }
}
