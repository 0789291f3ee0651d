package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.HandDrivenExecutor;
import io.github.reelbeam.NetworkPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VirtualTime;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadJobTest {
  private final VirtualTime time = new VirtualTime();
  private final HandDrivenExecutor workers = new HandDrivenExecutor();
  private final HandDrivenScheduler scheduler = HandDrivenScheduler.immediate();
  private final HttpTransport transport =
      new HttpTransport(null, TransferOptions.defaults(), () -> 0);
  private final UploadJob job = job(new Renewing());

  @AfterEach
  void endThreads() {
    scheduler.shutdownNow();
    transport.close();
  }

  private UploadJob job(CredentialsFetcher fetcher) {
    TransferOptions options = TransferOptions.defaults();
    UploadJournal journal = UploadJournal.inMemory();
    Environment environment =
        new Environment(
            fetcher,
            AssetNotifier.none(),
            journal,
            new TransferEngine(
                transport.s3(),
                options,
                workers,
                scheduler,
                TransferSlots.fixed(4, System::nanoTime),
                new StoreClock(Clock.systemUTC(), time),
                time,
                () -> 0.5),
            options,
            new AllowedStores(options, false, List.of()),
            new NetworkGate(NetworkPolicy.any()),
            reference -> Optional.empty(),
            workers,
            scheduler,
            workers,
            Clock.systemUTC(),
            time,
            () -> 0.5);
    BytesSource source = BytesSource.random(10);
    JournalEntry entry =
        JournalEntry.requested(
            new UploadId("u1"),
            "backend",
            SourceIdentity.of(source, "a.mp4"),
            new ObjectProperties("video/mp4", Map.of(), null, null),
            Instant.EPOCH);
    ProgressMeter meter = new ProgressMeter(10, time);
    return new UploadJob(
        environment,
        journal.claimOrCreate(known -> false, () -> entry),
        source,
        meter,
        new UploadEvents(workers, meter::snapshot, time, UploadContext.NONE));
  }

  private void grant(String key, String token) {
    job.write(
        entry ->
            entry.granted(new Target("bucket", key, "region", null, false, token), Instant.EPOCH));
    job.accept(grantFor(key, token));
  }

  private static UploadGrant grantFor(String key, @Nullable String token) {
    return new UploadGrant(
        new TemporaryCredentials("id", "secret", "session", Instant.EPOCH),
        "bucket",
        key,
        "region",
        null,
        false,
        token,
        Duration.ofHours(1));
  }

  private @Nullable String token() {
    return job.target().renewalToken();
  }

  @Test
  void aRenewalsTokenIsKeptForTheNext() {
    grant("key-1", "token-1");
    job.session().invalidate();
    var renewed = job.session().credentials();
    workers.runAll();
    assertThat(renewed).isCompleted();
    assertThat(token()).isEqualTo("renewed for key-1");
  }

  /** A later process would show that token for the new key, and be refused for good. */
  @Test
  void aRenewalOfAnEarlierGrantDoesNotTouchTheOneThatTookItsPlace() {
    grant("key-1", "token-1");
    job.session().invalidate();
    CompletableFuture<TemporaryCredentials> late = job.session().credentials();
    job.startFromTheGrant();
    grant("key-2", "token-2");
    workers.runAll();
    assertThat(late).isCompletedExceptionally();
    assertThat(token()).isEqualTo("token-2");
  }

  /** Gives each key a token of its own. */
  private static final class Renewing implements CredentialsFetcher {
    @Override
    public UploadGrant issue(Request request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UploadGrant renew(Renewal renewal) {
      return grantFor(renewal.key(), "renewed for " + renewal.key());
    }
  }
}
