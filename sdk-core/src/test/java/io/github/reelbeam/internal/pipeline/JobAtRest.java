package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.NetworkPolicy;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.internal.http.HttpTransport;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.internal.progress.ProgressMeter;
import io.github.reelbeam.internal.progress.UploadEvents;
import io.github.reelbeam.internal.transfer.StoreClock;
import io.github.reelbeam.internal.transfer.TransferEngine;
import io.github.reelbeam.internal.transfer.TransferSlots;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.journal.UploadJournal.Claim;
import io.github.reelbeam.notify.AssetNotifier;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/** An upload that has just been asked for, with all around it, and of which nothing is sent. */
final class JobAtRest implements AutoCloseable {
  private static final UploadGrant GRANT =
      UploadGrant.of(
          new TemporaryCredentials(
              "id", "secret", "session", Instant.parse("2100-01-01T00:00:00Z")),
          "bucket",
          "key",
          "region");

  private final HttpTransport transport =
      new HttpTransport(null, TransferOptions.defaults(), () -> 0);
  private final List<StateChange> told = new ArrayList<>();
  private final Environment environment;
  private final UploadJob job;

  /** Jitter is always one half. */
  JobAtRest(RetryPolicy policy, ScheduledExecutorService scheduler, LongSupplier nanoTime) {
    TransferOptions options = TransferOptions.builder().retryPolicy(policy).build();
    environment =
        new Environment(
            CredentialsFetcher.of(GRANT),
            AssetNotifier.none(),
            UploadJournal.inMemory(),
            new TransferEngine(
                transport.s3(),
                options,
                Runnable::run,
                scheduler,
                TransferSlots.fixed(4, System::nanoTime),
                new StoreClock(Clock.systemUTC(), nanoTime),
                nanoTime,
                () -> 0.5),
            options,
            new AllowedStores(options, false, List.of()),
            new NetworkGate(NetworkPolicy.any()),
            reference -> Optional.empty(),
            Runnable::run,
            scheduler,
            Runnable::run,
            Clock.systemUTC(),
            nanoTime,
            () -> 0.5);
    job = job(nanoTime);
  }

  private UploadJob job(LongSupplier nanoTime) {
    BytesSource source = BytesSource.random(10);
    ProgressMeter meter = new ProgressMeter(source.size(), nanoTime);
    JournalEntry entry =
        JournalEntry.requested(
            new UploadId("u1"),
            "backend",
            SourceIdentity.of(source, "a.mp4"),
            new ObjectProperties("video/mp4", Map.of(), null, null),
            Instant.EPOCH);
    Claim claim = environment.journal().claimOrCreate(known -> false, () -> entry);
    UploadEvents events =
        new UploadEvents(Runnable::run, meter::snapshot, nanoTime, UploadContext.NONE);
    UploadJob made = new UploadJob(environment, claim, source, meter, events);
    events.add(
        new UploadListener() {
          @Override
          public void onStateChanged(StateChange change) {
            told.add(change);
          }
        },
        new LiveUpload(environment, made, new Turns(1), Runnable::run, ended -> {}));
    return made;
  }

  Environment environment() {
    return environment;
  }

  UploadJob job() {
    return job;
  }

  /** What its listener has heard of its states. */
  List<StateChange> told() {
    return told;
  }

  @Override
  public void close() {
    transport.close();
  }
}
