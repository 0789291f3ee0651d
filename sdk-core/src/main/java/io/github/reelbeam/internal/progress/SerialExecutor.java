package io.github.reelbeam.internal.progress;

import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.log.UploadContext;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after another, in order, on another executor's threads. What that one refuses is
 * kept, and offered to it again with the next task.
 */
public final class SerialExecutor implements Executor {
  private static final Logger log = LoggerFactory.getLogger(Loggers.EVENTS);

  private final Executor threads;
  private final UploadContext upload;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;
  private long added;

  /**
   * @param threads where the tasks run
   */
  public SerialExecutor(Executor threads) {
    this(threads, UploadContext.NONE);
  }

  /**
   * @param threads where the tasks run
   * @param upload whose tasks they are, all of them
   */
  SerialExecutor(Executor threads, UploadContext upload) {
    this.threads = threads;
    this.upload = upload;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
      added++;
    }
    offer();
  }

  /** Offers what waits to the executor, unless it is at work on it. */
  void offer() {
    while (true) {
      long offered;
      synchronized (waiting) {
        if (running || waiting.isEmpty()) {
          return;
        }
        running = true;
        offered = added;
      }
      if (isTaken()) {
        return;
      }
      synchronized (waiting) {
        running = false;
        if (added == offered) {
          return;
        }
        // what came meanwhile was not offered yet
      }
    }
  }

  private boolean isTaken() {
    try {
      threads.execute(() -> upload.run(this::drain));
      return true;
    } catch (Throwable e) {
      // It is full for the moment, or the app has shut it down; whatever it throws, Kotlin's
      // checked exceptions included, must not reach the worker that reports.
      upload.run(
          () ->
              log.debug("events have to wait, the event executor refuses them: {}", e.toString()));
      return false;
    }
  }

  private void drain() {
    while (true) {
      Runnable task;
      synchronized (waiting) {
        task = waiting.poll();
        if (task == null) {
          running = false;
          return;
        }
      }
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("an event was lost", e);
      }
    }
  }
}
