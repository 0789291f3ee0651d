package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.BatchProgress;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadBatch;
import io.github.reelbeam.UploadBatchListener;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.internal.progress.BatchEvents;
import io.github.reelbeam.internal.progress.BatchMeter;
import io.github.reelbeam.internal.progress.BatchMeter.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Several live uploads as one: it watches them, and has no say in what they do. */
final class LiveBatch implements UploadBatch {
  private final List<LiveUpload> uploads;
  private final BatchMeter meter;
  private final BatchEvents events;
  private final AtomicInteger open;
  private final CompletableFuture<Result> outcome = new CompletableFuture<>();

  LiveBatch(
      Environment environment, List<LiveUpload> uploads, List<UploadBatchListener> listeners) {
    this.uploads = List.copyOf(uploads);
    this.meter = new BatchMeter(environment.nanoTime());
    this.events =
        new BatchEvents(
            environment.events(),
            environment.scheduler(),
            this::progress,
            environment.nanoTime(),
            listeners);
    this.open = new AtomicInteger(uploads.size());
  }

  /** Begins to watch; what has ended already is heard of at once. */
  LiveBatch watch() {
    for (LiveUpload upload : uploads) {
      upload.addListener(new Watcher());
      var unused = upload.completion().whenComplete((asset, end) -> ended(upload, asset, end));
    }
    if (uploads.isEmpty()) {
      end();
    }
    return this;
  }

  private void ended(LiveUpload upload, @Nullable VideoAsset asset, @Nullable Throwable end) {
    events.emit(told(upload, asset, end));
    events.progress();
    if (open.decrementAndGet() == 0) {
      end();
    }
  }

  private static Consumer<UploadBatchListener> told(
      Upload upload, @Nullable VideoAsset asset, @Nullable Throwable end) {
    if (asset != null) {
      return l -> l.onFileCompleted(upload, asset);
    }
    return failure(end) instanceof UploadException failure
        ? l -> l.onFileFailed(upload, failure)
        : l -> l.onFileCancelled(upload);
  }

  private static @Nullable Throwable failure(@Nullable Throwable end) {
    return end instanceof CompletionException ? end.getCause() : end;
  }

  private void end() {
    Result result = result();
    events.end(l -> l.onEnded(result));
    outcome.complete(result);
  }

  private Result result() {
    List<VideoAsset> completed = new ArrayList<>();
    List<UploadException> failed = new ArrayList<>();
    List<UploadId> cancelled = new ArrayList<>();
    for (LiveUpload upload : uploads) {
      var unused =
          upload
              .completion()
              .handle(
                  (asset, end) ->
                      asset != null
                          ? completed.add(asset)
                          : failure(end) instanceof UploadException failure
                              ? failed.add(failure)
                              : cancelled.add(upload.id()));
    }
    return new Result(completed, failed, cancelled);
  }

  @Override
  public List<Upload> uploads() {
    return List.copyOf(uploads);
  }

  @Override
  public BatchProgress progress() {
    return meter.add(
        uploads.stream()
            .map(upload -> new Reading(upload.state(), upload.progress(), upload.sentBytes()))
            .collect(Collectors.toList()));
  }

  @Override
  public CompletableFuture<Result> completion() {
    return outcome.thenApply(result -> result);
  }

  /** Waits until all have ended, and that is on its way to the listeners. */
  void awaitEnd() {
    outcome.join();
  }

  @Override
  public Result await() throws InterruptedException {
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch does not fail", e);
    }
  }

  @Override
  public Result await(Duration timeout) throws InterruptedException, TimeoutException {
    try {
      return outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a batch does not fail", e);
    }
  }

  @Override
  public void pause() {
    lastFirst().forEach(LiveUpload::pause);
  }

  @Override
  public void resume() {
    meter.restart();
    uploads.forEach(LiveUpload::resume);
  }

  @Override
  public void cancel() {
    lastFirst().forEach(LiveUpload::cancel);
  }

  @Override
  public void addListener(UploadBatchListener listener) {
    events.add(listener);
  }

  /** Those in line before those whose turn they would get. */
  private List<LiveUpload> lastFirst() {
    List<LiveUpload> reversed = new ArrayList<>(uploads);
    Collections.reverse(reversed);
    return reversed;
  }

  /** What an upload has to tell is reason enough to look at all of them. */
  private final class Watcher implements UploadListener {
    @Override
    public void onProgress(UploadProgress progress) {
      events.progress();
    }

    @Override
    public void onStateChanged(StateChange change) {
      events.progress();
    }
  }
}
