package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.journal.JournalEntry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
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
 *
 * <p>A pass needs a turn. While the upload stands in line for one it has no worker, and a wish is
 * acted on at once: nobody who cancels or pauses waits for other uploads.
 */
final class LiveUpload implements Upload {
  private static final Logger log = LoggerFactory.getLogger(Loggers.UPLOAD);
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
  private final Turns turns;
  private final Turns.Place place;
  private final Executor endings;
  private final Consumer<LiveUpload> onEnd;
  private final Outcome outcome = new Outcome();

  private Wish wish = Wish.RUN;
  // a worker is at work, is on its way, or has come to the end
  private boolean working;
  private boolean inLine;
  private boolean soonOver;
  private boolean closing;
  private StopSignal stop = new StopSignal();
  private @Nullable Future<?> ticks;

  /**
   * @param turns who may be at work at the same time
   * @param endings where an upload comes to an end that takes no more than a word in the journal
   * @param onEnd called once, before the outcome is known
   */
  LiveUpload(
      Environment environment,
      UploadJob job,
      Turns turns,
      Executor endings,
      Consumer<LiveUpload> onEnd) {
    this.environment = environment;
    this.job = job;
    this.pipeline = new UploadPipeline(environment);
    this.discard = new DiscardUpload(environment);
    this.turns = turns;
    this.place = turns.arrive(job.priority(), this::turnCame);
    this.endings = endings;
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
  public UploadTimeline timeline() {
    return job.timeline().snapshot();
  }

  @Override
  public UploadPriority priority() {
    return job.priority();
  }

  @Override
  public CompletableFuture<VideoAsset> completion() {
    return outcome.copy();
  }

  @Override
  public VideoAsset await() throws InterruptedException {
    return outcome.await();
  }

  @Override
  public VideoAsset await(Duration timeout) throws InterruptedException, TimeoutException {
    return outcome.await(timeout);
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
  public synchronized void prioritize(UploadPriority priority) {
    job.prioritize(Objects.requireNonNull(priority, "priority"));
    turns.prioritize(place, priority);
  }

  /** Several who want the same upload get it at the priority of the one who wants it most. */
  synchronized void raise(UploadPriority least) {
    if (priority().compareTo(least) < 0) {
      prioritize(least);
    }
  }

  /** The uploader is closed: let parts in flight end, stop, keep everything, and say so. */
  void close(Duration grace) {
    want(Wish.CLOSE, grace);
  }

  void start() {
    JournalEntry entry = job.entry();
    job.context()
        .run(
            () ->
                log.info(
                    "upload {} of {} bytes begins at {}",
                    id(),
                    entry.source().size(),
                    entry.state()));
    // a discard that was cut short is all that can still be done with an upload
    want(entry.state() == UploadState.CANCELLED ? Wish.CANCEL : Wish.RUN);
  }

  /** The bytes handed to the network so far, those of parts that had to be repeated included. */
  long sentBytes() {
    return job.meter().sentBytes();
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
    outcome.awaitEnd();
  }

  /**
   * Waits for a discard.
   *
   * @throws UploadException if it failed
   */
  void awaitDiscarded() {
    outcome.awaitDiscarded();
  }

  private void want(Wish next) {
    want(next, Duration.ZERO);
  }

  private void want(Wish next, Duration grace) {
    // on a thread of the app's, as a rule
    job.context()
        .run(
            () -> {
              if (needsWorker(next, grace)) {
                begin();
              }
            });
  }

  private synchronized boolean needsWorker(Wish next, Duration grace) {
    if (outcome.isDone() || wish == Wish.CLOSE) {
      return false;
    }
    if (wish == Wish.CANCEL) {
      // it stays cancelled, but a closed uploader cannot wait until S3 has been told
      if (next == Wish.CLOSE) {
        closing = true;
        stop.stop(grace);
      }
      return false;
    }
    wish = next;
    if (next != Wish.RUN) {
      stop.stop(grace);
    }
    if (working) {
      return false;
    }
    working =
        switch (next) {
          case RUN -> getsTurn();
          case PAUSE -> {
            rest();
            yield false;
          }
          default -> leavesLine();
        };
    return working;
  }

  /** Whether its turn is there; if not, it comes. */
  private boolean getsTurn() {
    if (!inLine && turns.ask(place)) {
      return true;
    }
    inLine = true;
    job.enter(UploadState.WAITING, WaitReason.QUEUED);
    return false;
  }

  /** Where nothing moves, a pause takes no work. */
  private void rest() {
    if (leavesLine()) {
      job.enter(UploadState.PAUSED);
    }
  }

  /** Returns false if its turn has come just now: then a worker comes, to look at the wish. */
  private boolean leavesLine() {
    inLine = inLine && !turns.leave(place);
    return !inLine;
  }

  private void turnCame() {
    // on a thread of the upload that gave it up
    job.context().run(this::takeTurn);
  }

  private void takeTurn() {
    synchronized (this) {
      inLine = false;
      working = true;
    }
    begin();
  }

  private void begin() {
    try {
      soonOver = isSoonOver();
      (soonOver ? job.context().on(endings) : job.workers()).execute(this::work);
    } catch (Throwable e) {
      // no thread can be had: it must keep neither its turn nor those who wait for its end
      log.error("upload {} has nobody to work on it", id(), e);
      end(UploadEnd.failed(Failures.unexpected(job, e)));
    }
  }

  /** A thousand that wait can be closed, or cancelled before the store has heard of them. */
  private synchronized boolean isSoonOver() {
    return wish == Wish.CLOSE || (wish == Wish.CANCEL && job.entry().target() == null);
  }

  private void work() {
    while (true) {
      Wish now;
      StopSignal signal;
      synchronized (this) {
        now = wish;
        stop = new StopSignal();
        if (closing) {
          stop.stop();
        }
        signal = stop;
      }
      if (now == Wish.PAUSE ? isPaused() : act(now, signal)) {
        return;
      }
    }
  }

  /** Comes to rest, unless it is not wanted any more. */
  private boolean isPaused() {
    Runnable next;
    synchronized (this) {
      if (wish != Wish.PAUSE) {
        return false;
      }
      job.enter(UploadState.PAUSED);
      // as one step: who resumes from now on asks for another worker, and another turn
      working = false;
      next = turns.giveBack(place);
    }
    next.run();
    return true;
  }

  /** Does what is wanted; returns whether that was the end. */
  private boolean act(Wish now, StopSignal signal) {
    try {
      switch (now) {
        case CANCEL -> cancel(signal);
        case CLOSE -> end(UploadEnd.closed(job));
        default -> {
          leaveWaiting();
          startTicks();
          end(UploadEnd.notified(pipeline.run(job, signal)));
        }
      }
      return true;
    } catch (StoppedException e) {
      stopTicks();
      return false;
    } catch (UploadException e) {
      end(UploadEnd.failed(e));
      return true;
    } catch (Throwable e) {
      // whatever a source or a journal of the app's throws, Kotlin's checked exceptions included:
      // a worker that is gone would leave everybody waiting
      log.error("upload {} failed unexpectedly", id(), e);
      end(UploadEnd.failed(Failures.unexpected(job, e)));
      return true;
    }
  }

  /** It stood in line, or a pause that was taken back has found it waiting for the network. */
  private void leaveWaiting() {
    if (job.state() == UploadState.WAITING) {
      job.enter(job.entry().state());
    }
  }

  private void cancel(StopSignal signal) {
    // without a network it takes long until S3 has been told
    nextTurn();
    try {
      discard.run(job, signal);
    } catch (StoppedException e) {
      end(UploadEnd.closed(job));
      return;
    }
    end(UploadEnd.cancelled(job));
  }

  private void nextTurn() {
    turns.giveBack(place).run();
  }

  private void end(UploadEnd end) {
    stopTicks();
    nextTurn();
    end.write(job, environment);
    job.release();
    onEnd.accept(this);
    end.tell(job);
    if (soonOver) {
      // who waits for an end may do so at length, and others are to come to theirs meanwhile
      elsewhere(() -> end.complete(outcome));
    } else {
      end.complete(outcome);
    }
  }

  private void elsewhere(Runnable task) {
    try {
      job.workers().execute(task);
    } catch (Throwable e) {
      log.debug("upload {} has nobody to tell its end", id(), e);
      task.run();
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
