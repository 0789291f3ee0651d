package io.github.reelbeam.backend;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An asset: a stored video that the backend knows of.
 *
 * @param assetId the backend's own id
 * @param uploadId unique: an upload becomes one asset
 * @param subject whose video it is
 * @param key unique: an object becomes one asset
 * @param size in bytes, as the store says
 * @param contentType as the store says, or null
 * @param eTag as the store says, or null
 * @param checksum as the store says, else as the client says, or null
 * @param fileName the client's name for the file, or null; untrusted text
 * @param metadata the app's own; untrusted text
 * @param registeredAt when the backend first took the notification
 */
public record RegisteredAsset(
    String assetId,
    String uploadId,
    String subject,
    String key,
    long size,
    @Nullable String contentType,
    @Nullable String eTag,
    @Nullable AssetChecksum checksum,
    @Nullable String fileName,
    Map<String, String> metadata,
    Instant registeredAt) {

  /** Copies the metadata. */
  public RegisteredAsset {
    metadata = Map.copyOf(metadata);
  }
}
