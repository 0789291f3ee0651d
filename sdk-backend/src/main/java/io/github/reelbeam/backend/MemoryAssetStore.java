package io.github.reelbeam.backend;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Two unique indexes, and a lock in the place of transactions. */
final class MemoryAssetStore implements AssetStore {
  private final Map<String, RegisteredAsset> byUploadId = new HashMap<>();
  private final Map<String, RegisteredAsset> byKey = new HashMap<>();

  @Override
  public synchronized Optional<RegisteredAsset> findByUploadId(String uploadId) {
    return Optional.ofNullable(byUploadId.get(uploadId));
  }

  @Override
  public synchronized RegisteredAsset register(RegisteredAsset asset) {
    RegisteredAsset taken = byUploadId.get(asset.uploadId());
    if (taken == null) {
      taken = byKey.get(asset.key());
    }
    if (taken != null) {
      return taken;
    }
    byUploadId.put(asset.uploadId(), asset);
    byKey.put(asset.key(), asset);
    return asset;
  }
}
