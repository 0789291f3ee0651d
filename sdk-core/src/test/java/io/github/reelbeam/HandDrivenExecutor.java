package io.github.reelbeam;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Keeps tasks until the test runs them, on the test's own thread. */
public final class HandDrivenExecutor implements Executor {
  private final Queue<Runnable> waiting = new ArrayDeque<>();

  @Override
  public synchronized void execute(Runnable task) {
    waiting.add(task);
  }

  public synchronized int waiting() {
    return waiting.size();
  }

  private synchronized Runnable next() {
    return waiting.remove();
  }

  /** Runs the task that waits longest. */
  public void runNext() {
    next().run();
  }

  /** Runs all tasks, and those that they give. */
  public void runAll() {
    while (waiting() > 0) {
      runNext();
    }
  }
}
