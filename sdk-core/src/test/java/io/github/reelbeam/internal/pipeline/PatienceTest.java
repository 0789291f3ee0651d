package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VirtualTime;
import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.internal.http.HttpTransport;
import io.github.reelbeam.internal.progress.ProgressMeter;
import io.github.reelbeam.internal.progress.UploadEvents;
import io.github.reelbeam.internal.transfer.StoreClock;
import io.github.reelbeam.internal.transfer.TransferEngine;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.journal.UploadJournal.Claim;
import io.github.reelbeam.notify.AssetNotifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PatienceTest {
  private static final Duration GIVE_UP = Duration.ofMinutes(5);
  private static final UploadGrant GRANT =
      UploadGrant.of(
          new TemporaryCredentials(
              "id", "secret", "session", Instant.parse("2100-01-01T00:00:00Z")),
          "bucket",
          "key",
          "region");

  private final List<StateChange> told = new ArrayList<>();
  private final VirtualTime time = new VirtualTime();
  private final StopSignal stop = new StopSignal();
  private final HttpTransport transport = new HttpTransport(null, TransferOptions.defaults());
  private HandDrivenScheduler scheduler = HandDrivenScheduler.immediate();
  private Environment environment = environment();
  private UploadJob job = job();
  private Patience patience = new Patience(environment, job, stop);

  /** From now on a delay does not end, and whoever waits is told to stop. */
  private void stopWhileWaiting() {
    scheduler.shutdownNow();
    scheduler = HandDrivenScheduler.endless(stop::stop);
    environment = environment();
    job = job();
    patience = new Patience(environment, job, stop);
  }

  @AfterEach
  void endThreads() {
    scheduler.shutdownNow();
    transport.close();
  }

  private Environment environment() {
    RetryPolicy policy =
        RetryPolicy.builder().baseDelay(Duration.ofSeconds(1)).giveUpAfter(GIVE_UP).build();
    TransferOptions options = TransferOptions.builder().retryPolicy(policy).build();
    return new Environment(
        CredentialsFetcher.of(GRANT),
        AssetNotifier.none(),
        UploadJournal.inMemory(),
        new TransferEngine(
            transport.s3(),
            options,
            Runnable::run,
            scheduler,
            new StoreClock(Clock.systemUTC(), time),
            time,
            () -> 0.5),
        options,
        new AllowedStores(options, false, List.of()),
        Runnable::run,
        scheduler,
        Runnable::run,
        Clock.systemUTC(),
        time,
        () -> 0.5);
  }

  private UploadJob job() {
    BytesSource source = BytesSource.random(10);
    ProgressMeter meter = new ProgressMeter(source.size(), time);
    JournalEntry entry =
        JournalEntry.requested(
            new UploadId("u1"),
            "backend",
            SourceIdentity.of(source, "a.mp4"),
            new ObjectProperties("video/mp4", Map.of(), null, null),
            Instant.EPOCH);
    Claim claim = environment.journal().claimOrCreate(known -> false, () -> entry);
    UploadEvents events = new UploadEvents(Runnable::run, meter::snapshot, time);
    UploadJob made = new UploadJob(environment, claim, source, meter, events);
    events.add(
        new UploadListener() {
          @Override
          public void onStateChanged(StateChange change) {
            told.add(change);
          }
        },
        new LiveUpload(environment, made, ended -> {}));
    return made;
  }

  @Test
  void isLeftUntilThePolicysTimeIsOver() {
    time.advance(GIVE_UP.minusNanos(1));
    assertThat(patience.isLeft()).isTrue();
    time.advance(Duration.ofNanos(1));
    assertThat(patience.isLeft()).isFalse();
  }

  @Test
  void waitsLongerEachTime() throws StoppedException {
    for (int i = 0; i < 4; i++) {
      patience.pause(WaitReason.OFFLINE);
    }
    assertThat(scheduler.delays())
        .containsExactly(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));
  }

  @Test
  void theUploadIsSeenToWaitAndThenToGoOn() throws StoppedException {
    patience.pause(WaitReason.BACKOFF);
    assertThat(told)
        .containsExactly(
            new StateChange(UploadState.REQUESTED, UploadState.WAITING, WaitReason.BACKOFF),
            new StateChange(UploadState.WAITING, UploadState.REQUESTED, null));
    assertThat(job.state()).isEqualTo(UploadState.REQUESTED);
  }

  @Test
  void aStopEndsTheWaitAtOnce() {
    stopWhileWaiting();
    assertThatExceptionOfType(StoppedException.class)
        .isThrownBy(() -> patience.pause(WaitReason.OFFLINE));
    assertThat(job.state()).isEqualTo(UploadState.WAITING);
    assertThat(scheduler.running()).isZero();
  }
}
