package io.github.reelbeam.backend;

/**
 * A checksum in S3's terms.
 *
 * @param algorithm such as {@code CRC32}
 * @param type {@code FULL_OBJECT} or {@code COMPOSITE}, a checksum of the parts' checksums
 * @param value in Base64
 */
public record AssetChecksum(String algorithm, String type, String value) {}
