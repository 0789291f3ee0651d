package io.github.reelbeam.internal.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What led to a failure, one after the other. */
public final class Causes {
  /** Far more than exceptions are ever nested; a chain may also go in a circle. */
  private static final int MAX_CAUSES = 32;

  private Causes() {}

  /** The failure itself, its cause, the cause of that, and so on. */
  public static List<Throwable> of(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable t = failure; t != null && causes.size() < MAX_CAUSES; t = t.getCause()) {
      causes.add(t);
    }
    return causes;
  }

  /** The first of them that is of a kind, or null. */
  public static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> kind) {
    for (Throwable cause : of(failure)) {
      if (kind.isInstance(cause)) {
        return kind.cast(cause);
      }
    }
    return null;
  }
}
