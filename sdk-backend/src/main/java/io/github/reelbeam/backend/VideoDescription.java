package io.github.reelbeam.backend;

import java.util.Map;

/**
 * What a client says of the video that it wants to upload. Nothing of it is proven: the size and
 * the type are checked against the {@link UploadLimits} when the grant is issued, and the stored
 * object once more when the asset is verified.
 *
 * @param fileName the client's name for the file; only its extension may reach the key. At most
 *     1,024 characters are taken
 * @param contentType such as {@code video/mp4}
 * @param size in bytes
 * @param metadata what the app wants to go along; may be empty. At most 2,048 bytes of names and
 *     values are taken, which is what S3 keeps with an object
 */
public record VideoDescription(
    String fileName, String contentType, long size, Map<String, String> metadata) {

  /** Copies the metadata. */
  public VideoDescription {
    metadata = Map.copyOf(metadata);
  }
}
