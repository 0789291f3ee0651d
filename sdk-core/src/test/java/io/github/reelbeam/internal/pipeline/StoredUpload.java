package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.NetworkPolicy;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.internal.progress.ProgressMeter;
import io.github.reelbeam.internal.progress.UploadEvents;
import io.github.reelbeam.internal.transfer.StoreClock;
import io.github.reelbeam.internal.transfer.TransferEngine;
import io.github.reelbeam.internal.transfer.TransferSlots;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.notify.AssetNotifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * A live upload whose object S3 has confirmed: each pass is one call of the notifier, which the
 * test answers, and nothing goes over a network.
 */
final class StoredUpload {
  private static final UploadId ID = new UploadId("u1");

  final LiveUpload upload;
  final UploadJournal journal = UploadJournal.inMemory();
  final AtomicInteger ends = new AtomicInteger();

  /**
   * @param calls where the notifier is called
   * @param workers where the upload's worker runs
   */
  StoredUpload(
      AssetNotifier notifier,
      Executor calls,
      Executor workers,
      Executor events,
      ScheduledExecutorService scheduler) {
    this(notifier, calls, workers, events, scheduler, new Turns(1));
  }

  /**
   * @param turns shared with other uploads
   */
  StoredUpload(
      AssetNotifier notifier,
      Executor calls,
      Executor workers,
      Executor events,
      ScheduledExecutorService scheduler,
      Turns turns) {
    RetryPolicy policy =
        RetryPolicy.builder()
            .baseDelay(Duration.ofMillis(1))
            .maxDelay(Duration.ofMillis(1))
            .build();
    TransferOptions options = TransferOptions.builder().retryPolicy(policy).build();
    Environment environment =
        new Environment(
            CredentialsFetcher.of(
                UploadGrant.of(
                    new TemporaryCredentials("id", "secret", "session", Instant.MAX),
                    "bucket",
                    "key",
                    "region")),
            notifier,
            journal,
            new TransferEngine(
                new NoNetwork(),
                options,
                calls,
                scheduler,
                TransferSlots.fixed(4, System::nanoTime),
                new StoreClock(Clock.systemUTC(), System::nanoTime),
                System::nanoTime,
                () -> 0.5),
            options,
            new AllowedStores(options, false, List.of()),
            new NetworkGate(NetworkPolicy.any()),
            reference -> Optional.empty(),
            // what a pass calls is wrapped, to be interrupted; the rest is the worker itself
            task -> (task instanceof FutureTask ? calls : workers).execute(task),
            scheduler,
            events,
            Clock.systemUTC(),
            System::nanoTime,
            () -> 0.5);
    BytesSource source = BytesSource.random(10);
    JournalEntry entry =
        JournalEntry.requested(
                ID,
                "backend",
                SourceIdentity.of(source, "a.mp4"),
                new ObjectProperties("video/mp4", Map.of(), null, null),
                Instant.EPOCH)
            .granted(new Target("bucket", "key", "region", null, false, null), Instant.EPOCH)
            .stored(new Stored("etag", null, true), Instant.EPOCH);
    ProgressMeter meter = new ProgressMeter(source.size(), System::nanoTime);
    UploadEvents told =
        new UploadEvents(events, meter::snapshot, System::nanoTime, UploadContext.NONE);
    // as whoever goes on with an upload of an earlier process says it
    told.state(new StateChange(UploadState.STORED, UploadState.STORED, null));
    UploadJob job =
        new UploadJob(
            environment, journal.claimOrCreate(known -> false, () -> entry), source, meter, told);
    this.upload = new LiveUpload(environment, job, turns, workers, ended -> ends.incrementAndGet());
  }

  private static final class NoNetwork implements SdkAsyncHttpClient {
    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
      throw new AssertionError("there is nothing to send");
    }

    @Override
    public void close() {}
  }
}
