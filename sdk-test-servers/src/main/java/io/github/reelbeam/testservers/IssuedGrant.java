package io.github.reelbeam.testservers;

import java.time.Instant;
import java.util.Map;

/**
 * What an {@link EmbeddedBackend} granted, and on which request.
 *
 * @param subject who asked: what the bearer token stands for, or {@code anonymous}
 * @param size as announced, or -1
 * @param renewal whether these were fresh credentials for a key granted before
 */
public record IssuedGrant(
    String key,
    String subject,
    String fileName,
    String contentType,
    long size,
    Map<String, String> metadata,
    String accessKeyId,
    Instant expiration,
    boolean renewal) {}
