package io.github.reelbeam.internal.timeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest of many, so that there are never more than some. Not safe for use by many threads. */
final class Latest<T> {
  private final int most;
  private final Deque<T> kept = new ArrayDeque<>();
  private long all;

  Latest(int most) {
    this.most = most;
  }

  void add(T one) {
    if (kept.size() == most) {
      kept.removeFirst();
    }
    kept.addLast(one);
    all++;
  }

  /** How many there were, those that are gone included. */
  long all() {
    return all;
  }

  /** The latest, the oldest of them first. */
  List<T> kept() {
    return List.copyOf(kept);
  }
}
