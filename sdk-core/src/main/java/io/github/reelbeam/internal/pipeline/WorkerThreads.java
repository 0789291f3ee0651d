package io.github.reelbeam.internal.pipeline;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one {@link io.github.reelbeam.VideoUploader}. They keep no JVM alive. */
public final class WorkerThreads implements AutoCloseable {
  private static final Duration LAST_EVENTS = Duration.ofSeconds(2);

  private final Set<Thread> own = ConcurrentHashMap.newKeySet();
  private final ExecutorService workers;
  private final ScheduledExecutorService scheduler;

  /** Makes the pools; threads start when they are needed. */
  public WorkerThreads() {
    this.workers = Executors.newCachedThreadPool(factory("reelbeam-worker-"));
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(1, factory("reelbeam-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    this.scheduler = timer;
  }

  /** Threads that may block. */
  public ExecutorService workers() {
    return workers;
  }

  /** For delays and ticks. */
  public ScheduledExecutorService scheduler() {
    return scheduler;
  }

  private ThreadFactory factory(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread =
          new Thread(
              () -> {
                try {
                  task.run();
                } finally {
                  own.remove(Thread.currentThread());
                }
              },
              prefix + count.incrementAndGet());
      thread.setDaemon(true);
      own.add(thread);
      return thread;
    };
  }

  /** Lets the last events out, then ends; does not wait for itself if a listener closes. */
  @Override
  public void close() {
    scheduler.shutdownNow();
    workers.shutdown();
    if (own.contains(Thread.currentThread())) {
      return;
    }
    try {
      if (!workers.awaitTermination(LAST_EVENTS.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
