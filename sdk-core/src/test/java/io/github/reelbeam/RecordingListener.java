package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers every event and refuses impossible orders: events before the start or after the end,
 * two at a time, a progress that falls or is whole too early, more than ten a second. {@link
 * #verify} is to be called once the upload is at its end.
 */
public final class RecordingListener implements UploadListener {
  private static final Set<UploadState> HIDING =
      EnumSet.of(UploadState.WAITING, UploadState.PAUSED, UploadState.CANCELLED);

  private final AtomicInteger inside = new AtomicInteger();
  private final List<String> violations = new ArrayList<>();
  private final List<UploadProgress> progress = new ArrayList<>();
  private final List<Long> progressTimes = new ArrayList<>();
  private final List<PartCompleted> parts = new ArrayList<>();
  private final List<PartRetry> retries = new ArrayList<>();
  private final List<CredentialsRenewed> renewals = new ArrayList<>();
  private final List<StateChange> states = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final LongSupplier nanoTime;
  private boolean started;
  private @Nullable String end;

  public RecordingListener() {
    this(System::nanoTime);
  }

  /** For an uploader with another course of time. */
  public RecordingListener(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public void onStarted(Upload upload) {
    event(
        () -> {
          if (started) {
            violations.add("started twice");
          }
          started = true;
        });
  }

  @Override
  public void onProgress(UploadProgress now) {
    event(
        () -> {
          if (!progress.isEmpty()
              && now.fraction() < progress.get(progress.size() - 1).fraction()) {
            violations.add("the fraction fell: " + now);
          }
          if (now.fraction() == 1.0 && !confirmed()) {
            violations.add("whole before S3 had confirmed the object: " + states);
          }
          if (now.committedBytes() + now.inFlightBytes() > now.totalBytes()
              || now.inFlightBytes() < 0) {
            violations.add("more or less than there is: " + now);
          }
          progress.add(now);
          progressTimes.add(nanoTime.getAsLong());
        });
  }

  private boolean confirmed() {
    // an upload that an earlier process has stored begins at that state
    return joinedAtAStateThatHidesIt()
        || states.stream()
            .flatMap(change -> Stream.of(change.from(), change.to()))
            .anyMatch(state -> state == UploadState.STORED || state == UploadState.NOTIFIED);
  }

  /** Who comes to an upload that stands still is not told whether the object is there already. */
  private boolean joinedAtAStateThatHidesIt() {
    return !states.isEmpty()
        && states.get(0).from() == states.get(0).to()
        && HIDING.contains(states.get(0).to());
  }

  @Override
  public void onPartCompleted(PartCompleted part) {
    event(() -> parts.add(part));
  }

  @Override
  public void onPartRetry(PartRetry retry) {
    event(() -> retries.add(retry));
  }

  @Override
  public void onCredentialsRenewed(CredentialsRenewed renewal) {
    event(() -> renewals.add(renewal));
  }

  @Override
  public void onStateChanged(StateChange change) {
    event(() -> states.add(change));
  }

  @Override
  public void onCompleted(VideoAsset asset) {
    end("completed");
  }

  @Override
  public void onFailed(UploadException failure) {
    end("failed");
  }

  @Override
  public void onCancelled() {
    end("cancelled");
  }

  private void end(String how) {
    event(() -> end = how);
    ended.countDown();
  }

  private void event(Runnable record) {
    if (inside.incrementAndGet() > 1) {
      synchronized (this) {
        violations.add("two events at a time");
      }
    }
    synchronized (this) {
      if (end != null) {
        violations.add("an event after the end, which was: " + end);
      }
      record.run();
      if (!started) {
        violations.add("an event before the start");
      }
    }
    inside.decrementAndGet();
  }

  /** Waits for the end and checks the whole sequence. */
  public RecordingListener verify(String expectedEnd) throws InterruptedException {
    assertThat(ended.await(10, TimeUnit.SECONDS)).as("a terminal event").isTrue();
    synchronized (this) {
      assertThat(violations).isEmpty();
      assertThat(end).isEqualTo(expectedEnd);
      for (int i = 10; i < progressTimes.size(); i++) {
        long span = progressTimes.get(i) - progressTimes.get(i - 10);
        assertThat(span).as("11 progress events within %d ns", span).isGreaterThan(1_000_000_000L);
      }
    }
    return this;
  }

  /** Checks the sequence, whatever the end; a listener that was never started heard nothing. */
  public void verifyIfStarted() throws InterruptedException {
    String how;
    synchronized (this) {
      assertThat(violations).isEmpty();
      if (!started) {
        return;
      }
    }
    assertThat(ended.await(10, TimeUnit.SECONDS)).as("a terminal event").isTrue();
    synchronized (this) {
      how = end;
    }
    verify(String.valueOf(how));
  }

  public synchronized List<UploadProgress> progress() {
    return List.copyOf(progress);
  }

  public synchronized List<PartCompleted> parts() {
    return List.copyOf(parts);
  }

  public synchronized List<PartRetry> retries() {
    return List.copyOf(retries);
  }

  public synchronized List<CredentialsRenewed> renewals() {
    return List.copyOf(renewals);
  }

  public synchronized List<StateChange> changes() {
    return List.copyOf(states);
  }

  public synchronized List<UploadState> states() {
    return states.stream().map(StateChange::to).toList();
  }
}
