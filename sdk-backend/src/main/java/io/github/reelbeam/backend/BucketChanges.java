package io.github.reelbeam.backend;

import java.util.List;

/**
 * What a {@link BucketSetup} would change, or has changed, in plain words.
 *
 * @param changes a sentence for each change; empty if all is as wanted, and nothing is written
 * @param warnings what is not changed but stands in the way, such as somebody else's CORS rule that
 *     S3 looks at first; as a rule empty
 */
public record BucketChanges(List<String> changes, List<String> warnings) {

  /** Copies the lists. */
  public BucketChanges {
    changes = List.copyOf(changes);
    warnings = List.copyOf(warnings);
  }

  /** Whether all is as wanted. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }
}
