package io.github.reelbeam.testservers;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/** Does things in their order, each a while after it was asked to. */
final class DelayLine {

  /** Something to do at the far end. */
  interface Step {
    void run() throws IOException;
  }

  private record Due(long atNanos, Step step) {}

  /** With pieces of 64 KiB no more than 4 MiB are on their way. */
  private static final int MOST_ON_THEIR_WAY = 64;

  private final LinkConnection connection;
  private final long latencyNanos;
  private final BlockingQueue<Due> onTheirWay = new LinkedBlockingQueue<>(MOST_ON_THEIR_WAY);

  DelayLine(LinkConnection connection, Duration latency) {
    this.connection = connection;
    this.latencyNanos = latency.toNanos();
  }

  void start(Executor threads) {
    if (latencyNanos > 0) {
      threads.execute(this::deliver);
    }
  }

  /** Without latency it is done at once, on the thread that asks for it. */
  void carry(Step step) throws IOException {
    if (latencyNanos == 0) {
      step.run();
      return;
    }
    try {
      onTheirWay.put(new Due(System.nanoTime() + latencyNanos, step));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Ends the waiting on both sides of the queue, once the connection is closed. A queue that is
   * full again has somebody on this side who was let in, and nobody who waits on the other.
   */
  boolean wake() {
    onTheirWay.clear();
    return onTheirWay.offer(new Due(System.nanoTime(), () -> {}));
  }

  private void deliver() {
    try {
      while (!connection.isClosed()) {
        Due next = onTheirWay.take();
        connection.pause(next.atNanos() - System.nanoTime());
        next.step().run();
      }
    } catch (IOException e) {
      // The far side has gone without a goodbye, and so the near one is told.
      connection.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
