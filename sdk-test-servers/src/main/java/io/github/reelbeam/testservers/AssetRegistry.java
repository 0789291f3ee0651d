package io.github.reelbeam.testservers;

import io.github.reelbeam.backend.AssetStore;
import io.github.reelbeam.backend.RegisteredAsset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The assets of an {@link EmbeddedBackend}, and what the page shows of them. */
final class AssetRegistry implements AssetStore {
  private final LiveUploads live;
  private final AssetStore store = AssetStore.inMemory();
  private final List<Asset> assets = new CopyOnWriteArrayList<>();

  AssetRegistry(LiveUploads live) {
    this.live = live;
  }

  @Override
  public Optional<RegisteredAsset> findByUploadId(String uploadId) {
    return store.findByUploadId(uploadId);
  }

  @Override
  public RegisteredAsset register(RegisteredAsset asset) {
    RegisteredAsset registered = store.register(asset);
    if (registered.assetId().equals(asset.assetId())) {
      assets.add(shown(asset));
      live.changed();
    }
    return registered;
  }

  private static Asset shown(RegisteredAsset asset) {
    return new Asset(
        asset.assetId(),
        asset.uploadId(),
        asset.key(),
        Objects.requireNonNullElse(asset.fileName(), asset.key()),
        Objects.requireNonNullElse(asset.contentType(), "application/octet-stream"),
        asset.size(),
        asset.registeredAt());
  }

  List<Asset> assets() {
    return List.copyOf(assets);
  }

  Optional<Asset> find(String assetId) {
    return assets.stream().filter(asset -> asset.id().equals(assetId)).findFirst();
  }
}
