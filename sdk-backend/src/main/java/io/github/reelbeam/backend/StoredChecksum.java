package io.github.reelbeam.backend;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Finds the checksum in what a store says of an object. S3 keeps one for an object, as a rule; if
 * there are several, the first here counts, CRC32 before all: that is what Reelbeam's clients send.
 */
enum StoredChecksum {
  CRC32(HeadObjectResponse::checksumCRC32),
  CRC32C(HeadObjectResponse::checksumCRC32C),
  CRC64NVME(HeadObjectResponse::checksumCRC64NVME),
  SHA256(HeadObjectResponse::checksumSHA256),
  SHA512(HeadObjectResponse::checksumSHA512),
  SHA1(HeadObjectResponse::checksumSHA1),
  MD5(HeadObjectResponse::checksumMD5),
  XXHASH3(HeadObjectResponse::checksumXXHASH3),
  XXHASH64(HeadObjectResponse::checksumXXHASH64),
  XXHASH128(HeadObjectResponse::checksumXXHASH128);

  private static final String FULL_OBJECT = "FULL_OBJECT";
  private static final String COMPOSITE = "COMPOSITE";

  /** S3 appends the number of parts to a checksum of checksums, and to a multipart ETag. */
  private static final Pattern PARTS_APPENDED = Pattern.compile(".*-[0-9]+\"?");

  @SuppressWarnings("ImmutableEnumChecker") // method references without state
  private final Function<HeadObjectResponse, @Nullable String> value;

  StoredChecksum(Function<HeadObjectResponse, @Nullable String> value) {
    this.value = value;
  }

  /** Empty if there is none, or none of which it is clear what it was made of. */
  static Optional<AssetChecksum> of(HeadObjectResponse head) {
    for (StoredChecksum algorithm : values()) {
      String value = algorithm.value.apply(head);
      if (value != null && !value.isEmpty()) {
        return type(head, value).map(type -> new AssetChecksum(algorithm.name(), type, value));
      }
    }
    return Optional.empty();
  }

  /** Stores from before S3 had full-object checksums of multipart uploads do not tell the type. */
  private static Optional<String> type(HeadObjectResponse head, String value) {
    String told = head.checksumTypeAsString();
    if (told != null && !told.isEmpty()) {
      return Optional.of(told);
    }
    if (PARTS_APPENDED.matcher(value).matches()) {
      return Optional.of(COMPOSITE);
    }
    String eTag = head.eTag();
    boolean inParts = eTag == null || PARTS_APPENDED.matcher(eTag).matches();
    return inParts ? Optional.empty() : Optional.of(FULL_OBJECT);
  }
}
