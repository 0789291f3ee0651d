package io.github.reelbeam.examples.backend;

import io.github.reelbeam.backend.AssetChecksum;
import io.github.reelbeam.backend.RegisteredAsset;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Assets to register. */
final class Assets {
  private Assets() {}

  /** Ada's, with everything that an asset can have. */
  static RegisteredAsset of(String uploadId, String key) {
    return of("ada", uploadId, key);
  }

  static RegisteredAsset of(String subject, String uploadId, String key) {
    return of(subject, uploadId, key, 1L << 40);
  }

  static RegisteredAsset of(String subject, String uploadId, String key, long size) {
    return new RegisteredAsset(
        UUID.randomUUID().toString(),
        uploadId,
        subject,
        key,
        size,
        "video/mp4",
        "\"e-tag\"",
        new AssetChecksum("CRC32", "FULL_OBJECT", "AAAAAA=="),
        "Ferien 🎬.mp4",
        Map.of("title", "Küste"),
        Instant.parse("2026-11-22T12:00:00.123456789Z"));
  }

  /** With nothing that may be missing. */
  static RegisteredAsset sparse(String uploadId, String key) {
    return new RegisteredAsset(
        UUID.randomUUID().toString(),
        uploadId,
        "ada",
        key,
        1,
        null,
        null,
        null,
        null,
        Map.of(),
        Instant.EPOCH);
  }
}
