package io.github.reelbeam.backend;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of the video that it has stored. Nothing of it is proven until an {@link
 * AssetVerifier} has looked.
 *
 * @param uploadId names the upload: the notification may come any number of times under this id
 * @param key the object
 * @param bucket where the client believes it to be, or null
 * @param region likewise, or null
 * @param size in bytes
 * @param contentType of the object, or null
 * @param eTag as S3 gave it to the client, or null
 * @param checksum of the whole file, or null
 * @param fileName the client's name for the file, or null
 * @param metadata the app's own; may be empty
 * @param confirmed false if the client has not seen S3's answer to the last request, so that the
 *     object may or may not be there
 */
public record AssetNotification(
    String uploadId,
    String key,
    @Nullable String bucket,
    @Nullable String region,
    long size,
    @Nullable String contentType,
    @Nullable String eTag,
    @Nullable AssetChecksum checksum,
    @Nullable String fileName,
    Map<String, String> metadata,
    boolean confirmed) {

  /** Copies the metadata. */
  public AssetNotification {
    metadata = Map.copyOf(metadata);
  }
}
