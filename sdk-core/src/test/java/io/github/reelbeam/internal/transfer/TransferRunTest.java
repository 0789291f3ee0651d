package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.internal.http.HttpTransport;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransferRunTest {
  private final HttpTransport transport =
      new HttpTransport(null, TransferOptions.defaults(), () -> 0);
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final Broken source = new Broken();

  @AfterEach
  void endThreads() {
    scheduler.shutdownNow();
    transport.close();
  }

  private TransferRun start(Executor workers) {
    TransferOrder order =
        new TransferOrder(
            source,
            PartPlan.of(10, TransferOptions.MIN_PART_SIZE),
            new ObjectProperties("video/mp4", Map.of(), null, null),
            new Target("bucket", "key", "eu-central-1", null, false, null),
            null,
            Map.of(),
            true,
            CompletableFuture::new,
            () -> UploadPriority.NORMAL,
            UploadContext.NONE);
    TransferEngine engine =
        new TransferEngine(
            transport.s3(),
            TransferOptions.defaults(),
            workers,
            scheduler,
            TransferSlots.fixed(4, System::nanoTime),
            new StoreClock(Clock.systemUTC(), System::nanoTime),
            System::nanoTime,
            () -> 0.5);
    return engine.start(order, new SilentObserver());
  }

  /** Such as a class that a shrinker has taken away: the upload is to fail, and not to hang. */
  @Test
  void anErrorEndsTheRun() {
    assertThat(start(Runnable::run).result())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withRootCauseInstanceOf(NoClassDefFoundError.class);
  }

  /** What is thrown out of a thread of the library ends an app on Android. */
  @Test
  void aRunThatEndsAfterTheUploaderWasClosedThrowsNothing() {
    AtomicInteger tasks = new AtomicInteger();
    TransferRun run =
        start(
            task -> {
              if (tasks.incrementAndGet() > 1) {
                throw new RejectedExecutionException("closed");
              }
              task.run();
            });
    assertThat(run.result()).isCompletedExceptionally();
    assertThat(tasks).hasValueGreaterThan(1);
  }

  private static final class Broken implements VideoSource {
    private final VideoSource bytes = BytesSource.random(10);

    @Override
    public Optional<Path> path() {
      throw new NoClassDefFoundError("on purpose");
    }

    @Override
    public String name() {
      return bytes.name();
    }

    @Override
    public String reference() {
      return bytes.reference();
    }

    @Override
    public long size() {
      return 10;
    }

    @Override
    public Instant lastModified() {
      return Instant.EPOCH;
    }

    @Override
    public SeekableByteChannel open() {
      throw new UnsupportedOperationException();
    }
  }
}
