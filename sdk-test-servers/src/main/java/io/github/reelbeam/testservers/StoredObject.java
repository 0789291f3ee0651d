package io.github.reelbeam.testservers;

import java.util.Map;

/**
 * What HeadObject tells about an object in an {@link EmbeddedS3}.
 *
 * @param size in bytes
 * @param eTag with its quotes
 * @param metadata the user metadata, names without {@code x-amz-meta-}
 */
public record StoredObject(
    String key, long size, String eTag, String contentType, Map<String, String> metadata) {}
