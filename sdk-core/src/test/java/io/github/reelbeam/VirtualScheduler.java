package io.github.reelbeam;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A scheduler whose time passes when the test says so, and then at once. What is due runs on the
 * thread of the test, in the order in which it is due. What has been set in motion does real I/O on
 * other threads, so {@link #runUntil} lets time pass only when something waits for it.
 */
final class VirtualScheduler extends AbstractExecutorService
    implements ScheduledExecutorService, LongSupplier {
  private static final long LOOK_AGAIN_MILLIS = 10;
  private static final Duration STUCK = Duration.ofSeconds(20);

  private final VirtualTime time = new VirtualTime();
  private final long start = time.getAsLong();
  private final AtomicLong numbers = new AtomicLong();
  private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>();
  private boolean shutdown;

  @Override
  public long getAsLong() {
    return time.getAsLong();
  }

  /** How much time has passed. */
  Duration elapsed() {
    return Duration.ofNanos(time.getAsLong() - start);
  }

  /**
   * Lets time pass, from one thing that waits for it to the next, until the condition holds.
   *
   * @throws AssertionError if nothing has happened for 20 real seconds
   */
  void runUntil(BooleanSupplier condition) throws InterruptedException {
    long since = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (awaitDelay()) {
        step();
        since = System.nanoTime();
      } else if (System.nanoTime() - since > STUCK.toNanos()) {
        throw new AssertionError("nothing waits for time to pass, and nothing else happens");
      }
    }
  }

  /** Lets a span of time pass, as soon and as often as something waits for it. */
  void runFor(Duration span) throws InterruptedException {
    Duration end = elapsed().plus(span);
    runUntil(() -> elapsed().compareTo(end) >= 0);
  }

  /** Whether something waits for its time to come, beside the periodic tasks. */
  private synchronized boolean awaitDelay() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS);
    while (!isDelayPending() && System.nanoTime() < end) {
      wait(1);
    }
    return isDelayPending();
  }

  private boolean isDelayPending() {
    tasks.removeIf(Task::isCancelled);
    return tasks.stream().anyMatch(task -> !task.isPeriodic());
  }

  /** Runs all up to the first task that is not periodic. */
  private void step() {
    boolean periodic = true;
    while (periodic) {
      Task<?> next;
      synchronized (this) {
        if (!isDelayPending()) {
          return;
        }
        next = tasks.remove();
        long ahead = next.due - time.getAsLong();
        if (ahead > 0) {
          time.advance(Duration.ofNanos(ahead));
        }
      }
      periodic = next.isPeriodic();
      next.run();
    }
  }

  private synchronized <T> Task<T> add(Task<T> task) {
    if (!shutdown) {
      tasks.add(task);
      notifyAll();
    }
    return task;
  }

  private long due(long delay, TimeUnit unit) {
    return time.getAsLong() + unit.toNanos(delay);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return add(new Task<Object>(command, due(delay, unit), 0));
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return add(new Task<>(callable, due(delay, unit)));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    return scheduleWithFixedDelay(command, initialDelay, period, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    return add(new Task<Object>(command, due(initialDelay, unit), unit.toNanos(delay)));
  }

  @Override
  public void execute(Runnable command) {
    command.run();
  }

  @Override
  public synchronized void shutdown() {
    shutdown = true;
    tasks.clear();
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public synchronized boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  /** Something that waits for its time. */
  private final class Task<T> extends FutureTask<T> implements RunnableScheduledFuture<T> {
    private final long number = numbers.incrementAndGet();
    private final long period;
    private long due;

    @SuppressWarnings("NullAway") // the result of a task that has none
    Task(Runnable command, long due, long period) {
      super(command, null);
      this.due = due;
      this.period = period;
    }

    Task(Callable<T> callable, long due) {
      super(callable);
      this.due = due;
      this.period = 0;
    }

    @Override
    public boolean isPeriodic() {
      return period > 0;
    }

    @Override
    public void run() {
      if (!isPeriodic()) {
        super.run();
      } else if (runAndReset()) {
        due += period;
        var unused = add(this);
      }
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - time.getAsLong(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Task<?> task = (Task<?>) other;
      // differences, as the clock may turn negative
      int byTime = Long.signum(due - task.due);
      return byTime != 0 ? byTime : Long.signum(number - task.number);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(number);
    }
  }
}
