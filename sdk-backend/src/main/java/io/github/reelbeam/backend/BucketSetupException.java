package io.github.reelbeam.backend;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bucket could not be set up, or not all of it. The message says why, what to do about it, and
 * what was changed before; {@link BucketSetup#apply()} may be called again at any time.
 */
public final class BucketSetupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isTransient;

  @SuppressWarnings("serial") // an immutable list of the JDK
  private final List<String> changed;

  BucketSetupException(
      String message, boolean isTransient, List<String> changed, @Nullable Throwable cause) {
    super(message, cause);
    this.isTransient = isTransient;
    this.changed = List.copyOf(changed);
  }

  /** Whether the same call may succeed later with nothing changed: the store is out of reach. */
  public boolean isTransient() {
    return isTransient;
  }

  /** What was changed all the same, as in {@link BucketChanges#changes()}; empty for nothing. */
  public List<String> changed() {
    return changed;
  }
}
