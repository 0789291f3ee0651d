package io.github.reelbeam.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.PendingUpload;
import io.github.reelbeam.RecordingListener;
import io.github.reelbeam.SkewedClock;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.FileUploadJournal;
import io.github.reelbeam.soak.SoakPlan.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An app that uploads a few files while people press its buttons and close it, the network comes
 * and goes, credentials are revoked and the clock is set. One thread does all of that; what the
 * uploads do reaches it through a queue.
 */
final class SoakApp implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final int MOST_STARTS = 60;

  /** How one file's upload stands. */
  private static final class Work {
    private final Path file;
    private int starts;
    private boolean cancelled;
    private boolean done;
    private @Nullable Upload upload;
    private @Nullable RecordingListener listener;

    Work(Path file) {
      this.file = file;
    }
  }

  private final SoakPlan plan;
  private final SoakWorld world;
  private final SoakTally tally;
  private final Path journal;
  private final List<Work> works = new ArrayList<>();
  private final SkewedClock clock = new SkewedClock(Duration.ZERO);
  private final BlockingQueue<Runnable> news = new LinkedBlockingQueue<>();
  private final Map<String, Path> stored = new HashMap<>();
  private VideoUploader uploader;
  private boolean offline;

  SoakApp(SoakPlan plan, SoakWorld world, SoakTally tally, List<Path> files, Path journal) {
    this.plan = plan;
    this.world = world;
    this.tally = tally;
    this.journal = journal;
    files.forEach(file -> works.add(new Work(file)));
    this.uploader = newUploader();
  }

  private VideoUploader newUploader() {
    return clock
        .ofTheMachine(VideoUploader.builder())
        .backend(world.backend(), () -> "Bearer none")
        .journal(FileUploadJournal.at(journal))
        .transferOptions(SoakWorld.options(plan.parallelism()))
        .build();
  }

  /** Runs until every file is uploaded or cancelled, and nothing is pending. */
  void run() throws Exception {
    works.forEach(this::start);
    Deque<Event> deeds = new ArrayDeque<>(plan.deeds());
    long begin = System.nanoTime();
    while (!works.stream().allMatch(work -> work.done)) {
      Duration now = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(now).as("still not done: %s", this).isLessThan(LONGEST);
      if (deeds.isEmpty()) {
        calmDown();
      } else if (deeds.element().at().compareTo(now) <= 0) {
        act(deeds.remove());
        continue;
      }
      Runnable next = news.poll(untilNext(deeds, now), TimeUnit.MILLISECONDS);
      if (next != null) {
        next.run();
      }
    }
    finishDiscards();
  }

  private static long untilNext(Deque<Event> deeds, Duration now) {
    return deeds.isEmpty() ? 1000 : Math.max(1, deeds.element().at().minus(now).toMillis());
  }

  /** Nobody disturbs any more: what was paused goes on, and the network is there. */
  private void calmDown() {
    if (offline) {
      flipNetwork();
    }
    for (Work work : works) {
      Upload upload = work.upload;
      if (!work.done && upload != null && upload.state() == UploadState.PAUSED) {
        upload.resume();
      }
    }
  }

  private void start(Work work) {
    work.starts++;
    assertThat(work.starts).as("starts of %s", work.file).isLessThan(MOST_STARTS);
    tally.count("starts", 1);
    RecordingListener listener = new RecordingListener();
    Upload upload =
        uploader.upload(
            UploadRequest.builder(work.file).metadata("title", "soak").listener(listener).build());
    work.listener = listener;
    work.upload = upload;
    var unused =
        upload.completion().whenComplete((asset, failure) -> news.add(() -> look(work, upload)));
  }

  /** Whether the upload has ended, and what follows from that. */
  private void look(Work work, Upload upload) {
    if (work.done || work.upload != upload || !upload.completion().isDone()) {
      return;
    }
    RecordingListener listener = Objects.requireNonNull(work.listener);
    try {
      if (upload.completion().isCancelled()) {
        listener.verify("cancelled");
        work.done = true;
        tally.count("cancelled", 1);
      } else if (upload.completion().isCompletedExceptionally()) {
        listener.verify("failed");
        failed(work, upload);
      } else {
        listener.verify("completed");
        work.done = true;
        stored.put(upload.id().value(), work.file);
        tally.count("uploads", 1);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void failed(Work work, Upload upload) {
    try {
      upload.await();
      throw new AssertionError("an upload that failed ended well");
    } catch (UploadException e) {
      assertThat(e.uploadId()).contains(upload.id());
      tally.count("failures", 1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (work.cancelled) {
      // S3 could not be told; the next uploader does that
      work.done = true;
      tally.count("cancelled", 1);
    } else {
      start(work);
    }
  }

  private void act(Event event) {
    tally.count(event.deed().name().toLowerCase(java.util.Locale.ROOT), 1);
    Work work = works.get(event.file());
    Upload upload = Objects.requireNonNull(work.upload);
    switch (event.deed()) {
      case PAUSE -> upload.pause();
      case RESUME -> upload.resume();
      case CANCEL -> {
        work.cancelled = true;
        upload.cancel();
      }
      case RESTART -> restart();
      case FLIP_NETWORK -> flipNetwork();
      case EXPIRE -> world.expire();
      case SET_CLOCK -> clock.set(event.amount());
    }
  }

  private void flipNetwork() {
    offline = !offline;
    if (offline) {
      world.goOffline();
    } else {
      world.goOnline();
    }
  }

  private void restart() {
    uploader.close();
    uploader = newUploader();
    for (Work work : works) {
      Upload upload = Objects.requireNonNull(work.upload);
      assertThat(upload.completion()).as("after close()").isDone();
      look(work, upload);
    }
  }

  /** The discards that could not be told to S3 are made up for by the next uploader. */
  private void finishDiscards() {
    if (offline) {
      flipNetwork();
    }
    await()
        .atMost(LONGEST)
        .untilAsserted(
            () -> {
              uploader.close();
              uploader = newUploader();
              assertThat(uploader.resumeAll()).as("uploads that nobody knows of").isEmpty();
              await().untilAsserted(() -> assertThat(SoakWorld.filesIn(journal)).isEmpty());
            });
    assertThat(uploader.pending()).extracting(PendingUpload::id).isEmpty();
  }

  /** Checks what has to hold. */
  void verify() throws Exception {
    int cancelled = (int) works.stream().filter(work -> work.cancelled).count();
    assertThat(SoakWorld.filesIn(journal)).as("files in the journal").isEmpty();
    world.verify(stored, cancelled);
  }

  @Override
  public void close() {
    uploader.close();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(offline ? "offline" : "online");
    for (Work work : works) {
      Upload upload = work.upload;
      text.append("; ").append(work.file.getFileName()).append(" starts ").append(work.starts);
      text.append(upload == null ? "" : " " + upload.id() + " " + upload.state());
    }
    return text.toString();
  }
}
