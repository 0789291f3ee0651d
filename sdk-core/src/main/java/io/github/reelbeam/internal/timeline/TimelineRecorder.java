package io.github.reelbeam.internal.timeline;

import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.UploadTimeline.Request;
import io.github.reelbeam.UploadTimeline.Retry;
import io.github.reelbeam.UploadTimeline.Step;
import io.github.reelbeam.UploadTimeline.StepKind;
import io.github.reelbeam.UploadTimeline.Totals;
import io.github.reelbeam.internal.transfer.StoreRequest;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what happens to one upload: for each part, request, run and state a few words, and nothing
 * for each slice. Safe for use by many threads.
 */
public final class TimelineRecorder {
  private final Supplier<JournalEntry> entry;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Instant startedAt;

  private final Latest<Step> steps = new Latest<>(UploadTimeline.MAX_STEPS);
  private final Latest<Retry> retries = new Latest<>(UploadTimeline.MAX_RETRIES);
  private final Latest<Request> requests = new Latest<>(UploadTimeline.MAX_REQUESTS);
  private final Latest<Request> failed = new Latest<>(UploadTimeline.MAX_REQUESTS);
  private final Map<RetryCause, Long> causes = new EnumMap<>(RetryCause.class);
  private final Map<WaitReason, Duration> waited = new EnumMap<>(WaitReason.class);
  private UploadState state;
  private @Nullable WaitReason waitReason;
  private long stateSince;
  private long transferringNanos;
  private @Nullable Long resumedAt;
  private @Nullable Instant endedAt;
  private int runs;
  private int renewals;
  private int inFlight;
  private int inFlightAtMost;
  private long partsCommitted;
  private long bytesCommitted;
  private long peak;

  /**
   * @param entry what the journal has of the upload now
   * @param clock for the times
   * @param nanoTime a clock like {@link System#nanoTime}, for spans
   */
  public TimelineRecorder(Supplier<JournalEntry> entry, Clock clock, LongSupplier nanoTime) {
    this.entry = entry;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.startedAt = now();
    this.state = entry.get().state();
    this.stateSince = nanoTime.getAsLong();
    steps.add(new Step(startedAt, StepKind.STARTED, state.name()));
  }

  /** To the millisecond: nobody needs more. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** It is at another state. */
  public synchronized void state(StateChange change) {
    long now = nanoTime.getAsLong();
    if (state == UploadState.WAITING && waitReason != null) {
      waited.merge(waitReason, Duration.ofNanos(now - stateSince), Duration::plus);
    } else if (state == UploadState.TRANSFERRING) {
      transferringNanos += now - stateSince;
    }
    state = change.to();
    waitReason = change.reason();
    stateSince = now;
    String reason = change.reason() == null ? "" : " " + change.reason();
    steps.add(new Step(now(), StepKind.STATE, change.to() + reason));
  }

  /** A run begins, with so much in S3 already. */
  public void run(Map<Integer, Long> stored) {
    long bytes = stored.values().stream().mapToLong(Long::longValue).sum();
    synchronized (this) {
      runs++;
      // what was under way when the run before was dropped has ended unheard
      inFlight = 0;
      if (resumedAt == null) {
        resumedAt = bytes;
      }
    }
    step(StepKind.RUN, "parts stored: " + stored.size() + ", bytes: " + bytes);
  }

  /** A run has ended without the object. */
  public void runFailed(String why) {
    step(StepKind.RUN_FAILED, why);
  }

  /** All parts are sent again. */
  public void startedOver(String why) {
    step(StepKind.STARTED_OVER, why);
  }

  /** There are new credentials. */
  public void renewed(Duration validFor) {
    synchronized (this) {
      renewals++;
    }
    step(StepKind.CREDENTIALS_RENEWED, "good for " + validFor);
  }

  /** The end in this process. */
  public void ended(@Nullable Throwable failure) {
    synchronized (this) {
      endedAt = now();
    }
    step(StepKind.ENDED, failure == null ? "" : words(failure));
  }

  /** Without the names of classes, which are others where an app was shrunk. */
  private static String words(Throwable failure) {
    if (failure instanceof UploadException told) {
      return "failed at "
          + told.stage()
          + (told.isResumable() ? ", resumable: " : ", not resumable: ")
          + told.getMessage();
    }
    return failure instanceof CancellationException ? "cancelled" : "failed: " + failure;
  }

  private void step(StepKind kind, String words) {
    // before the lock: who holds that of the entry calls in here
    String shown = Redaction.of(words, entry.get());
    synchronized (this) {
      steps.add(new Step(now(), kind, shown));
    }
  }

  /** Something is sent again. */
  public void retry(PartRetry retry) {
    String reason = Redaction.of(retry.reason(), entry.get());
    synchronized (this) {
      causes.merge(retry.cause(), 1L, Long::sum);
      retries.add(
          new Retry(
              now(), retry.partNumber(), retry.attempt(), retry.delay(), retry.cause(), reason));
    }
  }

  /** A request goes out. */
  public synchronized void requestSent() {
    inFlight++;
    inFlightAtMost = Math.max(inFlightAtMost, inFlight);
  }

  /** A request is over. */
  public void requestEnded(StoreRequest request) {
    String failure = request.failure();
    String shown = failure == null ? null : Redaction.of(failure, entry.get());
    synchronized (this) {
      inFlight--;
      (request.succeeded() ? requests : failed)
          .add(
              new Request(
                  now(),
                  request.operation(),
                  request.partNumber(),
                  request.status(),
                  request.took(),
                  request.requestId(),
                  request.extendedRequestId(),
                  shown));
    }
  }

  /** S3 has confirmed a part; this is how fast it goes. */
  public synchronized void partCommitted(long bytes, long bytesPerSecond) {
    partsCommitted++;
    bytesCommitted += bytes;
    peak = Math.max(peak, bytesPerSecond);
  }

  /** What there is now. */
  public UploadTimeline snapshot() {
    JournalEntry now = entry.get();
    Transfer transfer = now.transfer();
    synchronized (this) {
      return new RecordedTimeline(
          now.id(),
          state,
          startedAt,
          now(),
          Optional.ofNullable(endedAt),
          now.source().size(),
          resumedAt == null ? OptionalLong.empty() : OptionalLong.of(resumedAt),
          transfer == null ? OptionalLong.empty() : OptionalLong.of(transfer.partSize()),
          totals(),
          steps.kept(),
          retries.kept(),
          requests.kept(),
          failed.kept());
    }
  }

  private Totals totals() {
    return new Totals(
        Math.toIntExact(steps.all()),
        runs,
        requests.all() + failed.all(),
        failed.all(),
        inFlightAtMost,
        partsCommitted,
        bytesCommitted,
        causes,
        renewals,
        waited,
        average(),
        peak);
  }

  private long average() {
    long nanos = transferringNanos;
    if (state == UploadState.TRANSFERRING) {
      nanos += nanoTime.getAsLong() - stateSince;
    }
    double seconds = (double) nanos / TimeUnit.SECONDS.toNanos(1);
    return nanos <= 0 ? 0 : Math.round(bytesCommitted / seconds);
  }
}
