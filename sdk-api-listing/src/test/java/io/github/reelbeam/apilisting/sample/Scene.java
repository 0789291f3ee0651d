package io.github.reelbeam.apilisting.sample;

import org.jspecify.annotations.Nullable;

/** One of a closed set. */
public sealed interface Scene permits Scene.Take, Scene.Title, Cut {
  /** The name of a scene. */
  default String name() {
    return "";
  }

  /** A record. */
  record Take(int number, @Nullable String note) implements Scene {}

  /** An enum whose constants are in an order of their own. */
  enum Title implements Scene {
    OPENING,
    END
  }
}
