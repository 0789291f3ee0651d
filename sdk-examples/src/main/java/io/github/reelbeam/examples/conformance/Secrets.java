package io.github.reelbeam.examples.conformance;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything secret that the run has seen, so that none of it gets into a report. Safe for use by
 * several threads.
 */
final class Secrets {
  // shorter ones would be found by chance in the middle of other words
  private static final int SHORTEST = 6;

  private final Set<String> known = ConcurrentHashMap.newKeySet();

  void add(@Nullable String secret) {
    if (secret != null && secret.strip().length() >= SHORTEST) {
      known.add(secret.strip());
    }
  }

  String hideIn(String text) {
    String hidden = text;
    for (String secret : known) {
      hidden = hidden.replace(secret, "(secret)");
    }
    return hidden;
  }

  boolean isIn(String text) {
    return known.stream().anyMatch(text::contains);
  }

  /** Shows how many. */
  @Override
  public String toString() {
    return known.size() + " secrets";
  }
}
