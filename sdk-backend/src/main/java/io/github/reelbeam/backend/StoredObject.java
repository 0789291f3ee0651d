package io.github.reelbeam.backend;

import org.jspecify.annotations.Nullable;

/**
 * What the store says of an object.
 *
 * @param key its key in the bucket
 * @param size in bytes
 * @param contentType as it was uploaded, or null if the store tells none
 * @param eTag with its quotes, or null if the store tells none
 * @param checksum of the whole object or of its parts, or null if the store keeps none
 */
public record StoredObject(
    String key,
    long size,
    @Nullable String contentType,
    @Nullable String eTag,
    @Nullable AssetChecksum checksum) {}
