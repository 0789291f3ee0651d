package io.github.reelbeam;

import io.github.reelbeam.internal.json.MalformedJsonException;
import io.github.reelbeam.internal.json.ResponseJson;
import java.util.Map;
import java.util.Objects;
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
   * The backend's answer as a type of the app's own: a record or a class that Jackson can make, or
   * a {@code Map}. What the answer has beyond its properties is ignored.
   *
   * <p>Under R8 the app keeps the members of that type itself, as for every binding by reflection;
   * one who does not call this method does not carry Jackson's data binding in the app.
   *
   * @throws IllegalStateException if there is no answer: the backend has not been told yet, or
   *     answered with nothing
   * @throws IllegalArgumentException if the answer does not fit the type; the message names the
   *     property
   */
  public <T> T responseAs(Class<T> type) {
    Objects.requireNonNull(type, "type");
    if (response.isEmpty()) {
      throw new IllegalStateException(
          "there is no answer of the backend to the asset of upload " + uploadId);
    }
    try {
      return ResponseJson.bind(response, type);
    } catch (MalformedJsonException e) {
      throw new IllegalArgumentException(
          "the backend's answer to the asset of upload "
              + uploadId
              + " is no "
              + type.getName()
              + ": "
              + e.getMessage(),
          e);
    }
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
