package io.github.reelbeam;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored object, as it is told to the backend.
 *
 * @param uploadId the upload that stored it, and the notification's idempotency key
 * @param bucket the bucket
 * @param key the object's key in the bucket, at most 1,024 bytes of UTF-8 as S3 has it
 * @param region the bucket's region
 * @param size in bytes
 * @param contentType the object's media type
 * @param eTag the store's ETag without quotes; empty if the store gave none
 * @param wholeChecksum the checksum of the whole object, or null if checksums are switched off
 * @param fileName the name the source had; never part of the key
 * @param metadata the user metadata of the object
 * @param confirmed false only if the store may have completed the upload unseen; the backend then
 *     looks for itself
 * @param response the JSON with which the backend answered the notification; empty until it has
 */
public record VideoAsset(
    UploadId uploadId,
    String bucket,
    String key,
    String region,
    long size,
    String contentType,
    String eTag,
    @Nullable Checksum wholeChecksum,
    String fileName,
    Map<String, String> metadata,
    boolean confirmed,
    String response) {

  /** Copies the metadata. */
  public VideoAsset {
    metadata = Map.copyOf(metadata);
  }

  /** The checksum of the whole object; empty if checksums are switched off. */
  public Optional<Checksum> checksum() {
    return Optional.ofNullable(wholeChecksum);
  }

  /** Returns the same asset with the backend's answer. */
  public VideoAsset withResponse(String json) {
    return new VideoAsset(
        uploadId,
        bucket,
        key,
        region,
        size,
        contentType,
        eTag,
        wholeChecksum,
        fileName,
        metadata,
        confirmed,
        json);
  }

  /**
   * A checksum of the whole object.
   *
   * @param algorithm {@code CRC32}
   * @param type {@code FULL_OBJECT}: over all bytes from first to last, as {@code crc32 file} gives
   *     it, whatever the parts were
   * @param value the checksum in Base64, as S3 writes it
   */
  public record Checksum(String algorithm, String type, String value) {}
}
