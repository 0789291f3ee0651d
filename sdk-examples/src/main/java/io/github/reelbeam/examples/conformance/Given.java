package io.github.reelbeam.examples.conformance;

import org.jspecify.annotations.Nullable;

/** What one check gets and later ones need; those are skipped if it is not there. */
final class Given<T> {
  private final String checkId;
  private @Nullable T value;

  /** Names the check that gets it. */
  Given(String checkId) {
    this.checkId = checkId;
  }

  void set(T got) {
    this.value = got;
  }

  T get() {
    if (value == null) {
      throw NotGivenException.by(checkId);
    }
    return value;
  }
}
