package io.github.reelbeam;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names one upload for its whole life: in the journal, in logs and errors, and as the {@code
 * Idempotency-Key} under which the backend hears of the asset.
 *
 * @param value 1 to 64 characters out of {@code A-Z a-z 0-9 _ -}, so that it can serve as a file
 *     name and as a header value as it is
 */
public record UploadId(String value) {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * Checks the value.
   *
   * @throws IllegalArgumentException if it has another length or another character
   */
  public UploadId {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an upload id has 1 to 64 characters out of A-Z a-z 0-9 _ -, this has not: '"
              + value
              + "'");
    }
  }

  /** Returns a new id that no other upload has. */
  public static UploadId random() {
    return new UploadId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
