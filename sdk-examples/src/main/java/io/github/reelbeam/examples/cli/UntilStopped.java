package io.github.reelbeam.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command serve until Ctrl-C or SIGTERM, and close in good order then. Opened before, and so
 * closed after, everything that it waits for.
 */
final class UntilStopped implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Thread hook = new Thread(this::stop, "graceful-stop");
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  private UntilStopped() {}

  /** Begins to listen for signals. */
  static UntilStopped armed() {
    UntilStopped until = new UntilStopped();
    Runtime.getRuntime().addShutdownHook(until.hook);
    return until;
  }

  /** Returns once a signal has come. */
  void await() throws InterruptedException {
    asked.await();
  }

  // On the hook's thread. The JVM's own exit code after a signal would be 130 or 143.
  private void stop() {
    asked.countDown();
    boolean inTime = false;
    try {
      inTime = closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(inTime ? ExitCode.DONE : ExitCode.FAILED);
  }

  /** Says that all is closed. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // then the hook waits for this
    }
    closed.countDown();
  }
}
