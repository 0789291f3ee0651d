package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadException;
import io.github.reelbeam.VideoUploader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs uploads in the foreground, and lets Ctrl-C and SIGTERM stop them in good order: what is
 * stored is kept, the user is told how to go on, and the exit code says so.
 */
final class GracefulStop implements AutoCloseable {
  // parts in flight that end within this time need not be sent again
  private static final Duration DRAIN = Duration.ofSeconds(4);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Thread hook = new Thread(this::stop, "graceful-stop");
  private final CountDownLatch finished = new CountDownLatch(1);
  private @Nullable Runnable stopCurrent;
  private boolean requested;
  private volatile int exitCode = ExitCode.RESUMABLE;

  private GracefulStop() {}

  /** Begins to listen for signals. */
  static GracefulStop armed() {
    GracefulStop stop = new GracefulStop();
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Runs one upload to its end, shows it, and returns its exit code. */
  int run(VideoUploader uploader, Display display, Runnable start) {
    Runnable stopThis =
        () -> {
          display.stopping();
          uploader.close(DRAIN);
        };
    if (!enter(stopThis)) {
      return ExitCode.RESUMABLE;
    }
    try {
      start.run();
    } catch (UploadException e) {
      // there is no upload that could report it
      display.onFailed(e);
    } catch (IllegalStateException e) {
      if (isRequested()) {
        return ExitCode.RESUMABLE;
      }
      throw e;
    }
    exitCode = display.awaitExitCode();
    return exitCode;
  }

  /** Whether a signal has come; nothing new should be begun then. */
  synchronized boolean isRequested() {
    return requested;
  }

  private synchronized boolean enter(Runnable stopThis) {
    stopCurrent = stopThis;
    exitCode = ExitCode.RESUMABLE;
    return !requested;
  }

  private synchronized @Nullable Runnable request() {
    requested = true;
    return stopCurrent;
  }

  // On the hook's thread. The JVM's own exit code after a signal would be 130 or 143.
  private void stop() {
    Runnable current = request();
    if (current != null) {
      Thread closing = new Thread(current, "stop-upload");
      closing.setDaemon(true);
      closing.start();
      awaitEnd();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  private void awaitEnd() {
    try {
      if (!finished.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("reelbeam: stopped; the same command goes on with what is stored");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the listening; waits for nothing. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // then the hook waits for this
    }
    finished.countDown();
  }
}
