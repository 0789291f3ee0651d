package io.github.reelbeam;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A network policy that is decided by hand. */
final class SwitchedNetwork implements NetworkPolicy {
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private volatile boolean allowed;

  SwitchedNetwork(boolean allowed) {
    this.allowed = allowed;
  }

  void allow(boolean now) {
    allowed = now;
    watchers.forEach(Runnable::run);
  }

  int watchers() {
    return watchers.size();
  }

  @Override
  public boolean allowsUploads() {
    return allowed;
  }

  @Override
  public Watch watch(Runnable change) {
    watchers.add(change);
    return () -> watchers.remove(change);
  }
}
