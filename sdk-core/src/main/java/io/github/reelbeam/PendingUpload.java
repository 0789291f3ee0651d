package io.github.reelbeam;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An upload that is in the journal: begun in this process or an earlier one, and not at its end.
 *
 * @param id the upload
 * @param state the stage it has reached, or {@link UploadState#FAILED} if it ended in an error
 * @param source the source's {@link VideoSource#reference()}
 * @param fileName the name told to the backend
 * @param size the source's size in bytes
 * @param lastError what it failed with last, or null
 * @param createdAt when it was begun
 * @param updatedAt when its journal entry was last written
 */
public record PendingUpload(
    UploadId id,
    UploadState state,
    String source,
    String fileName,
    long size,
    @Nullable String lastError,
    Instant createdAt,
    Instant updatedAt) {

  /** What the upload failed with last, if it did. */
  public Optional<String> failure() {
    return Optional.ofNullable(lastError);
  }
}
