package io.github.reelbeam.testservers;

import java.time.Instant;

/** A video that the backend was told about and found in the store. */
public record Asset(
    String id,
    String uploadId,
    String key,
    String fileName,
    String contentType,
    long size,
    Instant registeredAt) {}
