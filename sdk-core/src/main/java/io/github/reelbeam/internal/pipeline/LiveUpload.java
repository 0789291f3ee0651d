package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadException.Details;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.journal.JournalEntry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One upload in this process: what its owner wants of it, and the worker that does it. Wishes are
 * noted and the worker is stopped; what comes next is decided by the worker alone, between two
 * passes, so that two passes never overlap.
 */
final class LiveUpload implements Upload {
  private static final Logger log = LoggerFactory.getLogger(LiveUpload.class);
  private static final long TICK_MILLIS = 50;

  /** What the owner wants. */
  private enum Wish {
    RUN,
    PAUSE,
    CANCEL,
    CLOSE
  }

  private final Environment environment;
  private final UploadJob job;
  private final UploadPipeline pipeline;
  private final DiscardUpload discard;
  private final Consumer<LiveUpload> onEnd;
  private final CompletableFuture<VideoAsset> outcome = new CompletableFuture<>();

  private Wish wish = Wish.RUN;
  private boolean working;
  private boolean closing;
  private StopSignal stop = new StopSignal();
  private @Nullable Future<?> ticks;

  /**
   * @param onEnd called once, before the outcome is known
   */
  LiveUpload(Environment environment, UploadJob job, Consumer<LiveUpload> onEnd) {
    this.environment = environment;
    this.job = job;
    this.pipeline = new UploadPipeline(environment);
    this.discard = new DiscardUpload(environment);
    this.onEnd = onEnd;
  }

  @Override
  public UploadId id() {
    return job.id();
  }

  @Override
  public UploadState state() {
    return job.state();
  }

  @Override
  public UploadProgress progress() {
    return job.meter().snapshot();
  }

  @Override
  public UploadPriority priority() {
    return job.priority();
  }

  @Override
  public CompletableFuture<VideoAsset> completion() {
    // not copy(): of a cancelled future that makes one that failed
    CompletableFuture<VideoAsset> seen = new CompletableFuture<>();
    var unused =
        outcome.whenComplete(
            (asset, failure) -> {
              if (failure == null) {
                seen.complete(asset);
              } else if (failure instanceof CancellationException) {
                seen.cancel(false);
              } else {
                seen.completeExceptionally(failure);
              }
            });
    return seen;
  }

  @Override
  public VideoAsset await() throws InterruptedException {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  @Override
  public VideoAsset await(Duration timeout) throws InterruptedException, TimeoutException {
    try {
      return outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    }
  }

  private static RuntimeException rethrown(@Nullable Throwable failure) {
    // the worker ends with nothing else than an UploadException
    return failure instanceof UploadException known ? known : new IllegalStateException(failure);
  }

  @Override
  public void addListener(UploadListener listener) {
    job.events().add(listener, this);
  }

  @Override
  public void pause() {
    want(Wish.PAUSE);
  }

  @Override
  public void resume() {
    want(Wish.RUN);
  }

  @Override
  public void cancel() {
    want(Wish.CANCEL);
  }

  @Override
  public void prioritize(UploadPriority priority) {
    job.prioritize(Objects.requireNonNull(priority, "priority"));
  }

  /** Makes it no less urgent than this. */
  void raise(UploadPriority least) {
    job.raise(least);
  }

  /** The uploader is closed: let parts in flight end, stop, keep everything, and say so. */
  void close(Duration grace) {
    want(Wish.CLOSE, grace);
  }

  void start() {
    // a discard that was cut short is all that can still be done with an upload
    want(job.entry().state() == UploadState.CANCELLED ? Wish.CANCEL : Wish.RUN);
  }

  JournalEntry entry() {
    return job.entry();
  }

  /** Whether it is to be discarded, or is: it will never be gone on with. */
  synchronized boolean isCancelled() {
    return wish == Wish.CANCEL;
  }

  /** Waits until nothing of this upload runs any more, however it ended. */
  void awaitEnd() {
    try {
      outcome.join();
    } catch (CancellationException | CompletionException e) {
      log.trace("upload {} has ended", id(), e);
    }
  }

  /**
   * Waits for a discard.
   *
   * @throws UploadException if it failed
   */
  void awaitDiscarded() {
    try {
      outcome.join();
    } catch (CancellationException e) {
      log.debug("upload {} is discarded", id());
    } catch (CompletionException e) {
      throw rethrown(e.getCause());
    }
  }

  private void want(Wish next) {
    want(next, Duration.ZERO);
  }

  private synchronized void want(Wish next, Duration grace) {
    if (outcome.isDone() || wish == Wish.CLOSE) {
      return;
    }
    if (wish == Wish.CANCEL) {
      // it stays cancelled, but a closed uploader cannot wait until S3 has been told
      if (next == Wish.CLOSE) {
        closing = true;
        stop.stop(grace);
      }
      return;
    }
    wish = next;
    if (next != Wish.RUN) {
      stop.stop(grace);
    }
    if (!working) {
      working = true;
      environment.workers().execute(this::work);
    }
  }

  private void work() {
    while (true) {
      Wish now;
      StopSignal signal;
      synchronized (this) {
        now = wish;
        if (now == Wish.PAUSE) {
          working = false;
          job.enter(UploadState.PAUSED);
          return;
        }
        stop = new StopSignal();
        if (closing) {
          stop.stop();
        }
        signal = stop;
      }
      if (act(now, signal)) {
        return;
      }
    }
  }

  /** Does what is wanted; returns whether that was the end. */
  private boolean act(Wish now, StopSignal signal) {
    try {
      switch (now) {
        case CANCEL -> cancel(signal);
        case CLOSE -> fail(closed());
        default -> {
          startTicks();
          VideoAsset asset = pipeline.run(job, signal);
          end(UploadState.NOTIFIED, l -> l.onCompleted(asset), asset, null);
        }
      }
      return true;
    } catch (StoppedException e) {
      stopTicks();
      return false;
    } catch (UploadException e) {
      fail(e);
      return true;
    } catch (Throwable e) {
      // whatever a source or a journal of the app's throws, Kotlin's checked exceptions included:
      // a worker that is gone would leave everybody waiting
      log.error("upload {} failed unexpectedly", id(), e);
      fail(Failures.unexpected(job, e));
      return true;
    }
  }

  private void cancel(StopSignal signal) {
    try {
      discard.run(job, signal);
    } catch (StoppedException e) {
      fail(closed());
      return;
    }
    end(
        UploadState.CANCELLED,
        UploadListener::onCancelled,
        null,
        new CancellationException("upload " + id() + " was cancelled"));
  }

  private UploadException closed() {
    boolean discarding = job.entry().state() == UploadState.CANCELLED;
    return new UploadException(
        "upload "
            + id()
            + " was stopped because its VideoUploader was closed; "
            + (discarding
                ? "S3 has yet to be told that it is discarded, which the next VideoUploader does"
                : "what is stored is kept, start it again to go on"),
        new Details(id(), Stage.TRANSFER, true, null),
        null);
  }

  private void fail(UploadException failure) {
    log.info("{}", failure.getMessage());
    try {
      job.write(entry -> entry.failed(String.valueOf(failure.getMessage()), environment.now()));
    } catch (RuntimeException e) {
      // the entry before stands, which is enough to go on from
      failure.addSuppressed(e);
    }
    end(UploadState.FAILED, l -> l.onFailed(failure), null, failure);
  }

  private void end(
      UploadState last,
      Consumer<UploadListener> event,
      @Nullable VideoAsset asset,
      @Nullable Throwable failure) {
    stopTicks();
    job.release();
    onEnd.accept(this);
    job.enter(last);
    job.events().end(event);
    if (asset != null) {
      outcome.complete(asset);
    } else if (failure instanceof CancellationException) {
      outcome.cancel(false);
    } else if (failure != null) {
      outcome.completeExceptionally(failure);
    }
  }

  private void startTicks() {
    ticks =
        environment
            .scheduler()
            .scheduleWithFixedDelay(
                job.events()::progress, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void stopTicks() {
    if (ticks != null) {
      ticks.cancel(false);
      ticks = null;
    }
  }
}
