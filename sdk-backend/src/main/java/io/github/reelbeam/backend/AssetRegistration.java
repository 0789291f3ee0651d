package io.github.reelbeam.backend;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes an asset of a notification, once, however often and however simultaneously it comes.
 *
 * <p>Whoever gets an asset out of this has had the leftovers of its upload aborted before, also if
 * the asset was registered earlier: a backend that dies in between is asked again, because a client
 * repeats its notification until it has an answer.
 */
final class AssetRegistration {

  /**
   * What came of a notification.
   *
   * @param isNew whether this very notification registered it
   */
  record Outcome(RegisteredAsset asset, boolean isNew) {}

  private final AssetVerifier verifier;
  private final AssetStore assets;
  private final Clock clock;

  AssetRegistration(AssetVerifier verifier, AssetStore assets, Clock clock) {
    this.verifier = verifier;
    this.assets = assets;
    this.clock = clock;
  }

  Outcome register(String subject, AssetNotification told) {
    Outcome outcome = registered(subject, told);
    checkOwn(subject, told, outcome.asset());
    // only now: before, the key might have been somebody else's
    verifier.abortLeftovers(told.key());
    return outcome;
  }

  private Outcome registered(String subject, AssetNotification told) {
    Optional<RegisteredAsset> known = assets.findByUploadId(told.uploadId());
    if (known.isPresent()) {
      // not verified again: the app may have moved the object since
      return new Outcome(known.get(), false);
    }
    RegisteredAsset fresh = asset(subject, told, verifier.verify(told));
    RegisteredAsset registered = assets.register(fresh);
    return new Outcome(registered, registered.assetId().equals(fresh.assetId()));
  }

  private RegisteredAsset asset(String subject, AssetNotification told, StoredObject stored) {
    return new RegisteredAsset(
        UUID.randomUUID().toString(),
        told.uploadId(),
        subject,
        told.key(),
        stored.size(),
        stored.contentType(),
        stored.eTag(),
        stored.checksum() != null ? stored.checksum() : told.checksum(),
        told.fileName(),
        told.metadata(),
        clock.instant());
  }

  private static void checkOwn(String subject, AssetNotification told, RegisteredAsset asset) {
    if (!asset.subject().equals(subject)) {
      throw new RequestRefusedException(403, "forbidden", "this is not your upload");
    }
    if (!asset.uploadId().equals(told.uploadId()) || !asset.key().equals(told.key())) {
      throw new RequestRefusedException(
          409, "upload_conflict", "this upload has another key, or this key another upload");
    }
  }
}
