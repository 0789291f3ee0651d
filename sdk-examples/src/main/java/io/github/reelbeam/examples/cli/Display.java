package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.VideoAsset;
import java.io.PrintWriter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows one upload to the user, and knows with which exit code it ended.
 *
 * <p>The end is taken from the events, not from {@code Upload.await()}: the last event comes after
 * all others, so nothing is printed once the exit code is known.
 */
abstract sealed class Display implements UploadListener
    permits BarDisplay, LineDisplay, JsonDisplay, SilentDisplay {
  private static final Logger log = LoggerFactory.getLogger(Display.class);

  private final PrintWriter err;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private volatile boolean stopping;

  Display(PrintWriter err) {
    this.err = err;
  }

  /** Shows the end of a successful upload. */
  abstract void showCompleted(VideoAsset asset);

  /** Clears the way for the error on stderr, and shows what belongs on stdout. */
  abstract void showFailed(String error, UploadException failure);

  @Override
  public final void onCompleted(VideoAsset asset) {
    end(ExitCode.DONE, () -> showCompleted(asset));
  }

  @Override
  public final void onFailed(UploadException failure) {
    boolean resumable = failure.isResumable();
    String error =
        stopping && resumable
            ? "stopped before the upload was complete"
            : String.valueOf(failure.getMessage());
    end(
        ExitCode.of(failure),
        () -> {
          showFailed(error, failure);
          err.println("reelbeam: " + error);
          if (resumable) {
            err.println(
                "reelbeam: what is stored is kept; go on with the same command" + or(failure));
          }
          err.flush();
          // the stack trace, for --verbose only
          log.debug("the upload failed", failure);
        });
  }

  @Override
  public final void onCancelled() {
    end(ExitCode.FAILED, () -> err.println("reelbeam: the upload was discarded"));
  }

  /** From now on a resumable failure is what the user wanted. */
  final void stopping() {
    stopping = true;
  }

  /** Waits for the end. */
  final int awaitExitCode() {
    return exitCode.join();
  }

  private void end(int code, Runnable show) {
    if (ended.getAndSet(true)) {
      return;
    }
    try {
      show.run();
    } finally {
      exitCode.complete(code);
    }
  }

  private static String or(UploadException failure) {
    return failure.uploadId().map(UploadId::value).map(id -> ", or with: resume " + id).orElse("");
  }
}
