package io.github.reelbeam.internal.log;

import io.github.reelbeam.UploadId;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Names the upload that a thread works for in SLF4J's MDC, and takes the name away again: threads
 * of a pool work for another upload next, and those of the app for the app. What else is in the MDC
 * stays as it is.
 *
 * <p>Without a logging system that has an MDC, all this is two calls that do nothing. Immutable and
 * safe for use by many threads.
 */
public final class UploadContext {
  /** The key in the MDC. */
  public static final String KEY = "reelbeam.uploadId";

  /** For work that is done for no upload: names none. */
  public static final UploadContext NONE = new UploadContext(null);

  private final @Nullable String id;

  private UploadContext(@Nullable String id) {
    this.id = id;
  }

  /** That of one upload. */
  public static UploadContext of(UploadId id) {
    return new UploadContext(id.value());
  }

  /** Runs something for the upload. */
  public void run(Runnable task) {
    String before = enter();
    try {
      task.run();
    } finally {
      leave(before);
    }
  }

  /** Gets something for the upload. */
  public <T, E extends Exception> T get(Work<T, E> work) throws E {
    String before = enter();
    try {
      return work.get();
    } finally {
      leave(before);
    }
  }

  /** An executor whose tasks run for the upload. */
  public Executor on(Executor executor) {
    return id == null ? executor : task -> executor.execute(() -> run(task));
  }

  /** Something that gives a result. */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Gets it. */
    T get() throws E;
  }

  private @Nullable String enter() {
    if (id == null) {
      return null;
    }
    // a thread may work for two at once: who ends gives another his turn
    String before = MDC.get(KEY);
    MDC.put(KEY, id);
    return before;
  }

  private void leave(@Nullable String before) {
    if (id == null) {
      return;
    }
    if (before == null) {
      MDC.remove(KEY);
    } else {
      MDC.put(KEY, before);
    }
  }
}
