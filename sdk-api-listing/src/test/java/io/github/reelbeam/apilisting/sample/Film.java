package io.github.reelbeam.apilisting.sample;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bit of everything that a class can have. */
public abstract class Film<T extends Comparable<T>> implements AutoCloseable {
  public static final int FRAMES = 24;
  protected @Nullable String title;
  long length;

  static {
    System.getProperty("none");
  }

  protected Film(@Nullable String title) {
    this.title = title;
  }

  Film() {}

  public static <E> List<@Nullable E> listOf(Map<String, ? extends E> parts, String... names) {
    return List.of();
  }

  public abstract @Nullable T first() throws IOException;

  public final synchronized byte @Nullable [] bytes(int[][] ranges, List<? super Integer> into) {
    return null;
  }

  /**
   * Old.
   *
   * @deprecated there is {@link #first()}
   */
  @Deprecated
  public void rewind() {}

  void hidden() {}

  private void more() {
    hidden();
  }

  @Override
  public void close() {
    more();
  }

  /** Holds a public type that nobody can name. */
  static final class Reel {
    /** Inside of a type that is not public. */
    public static final class Frame {}
  }
}
