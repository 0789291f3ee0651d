package io.github.reelbeam.fuzz;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.internal.http.HttpTransport;
import io.github.reelbeam.internal.log.UploadContext;
import io.github.reelbeam.internal.transfer.PartPlan;
import io.github.reelbeam.internal.transfer.StoreClock;
import io.github.reelbeam.internal.transfer.StoreRequest;
import io.github.reelbeam.internal.transfer.TransferEngine;
import io.github.reelbeam.internal.transfer.TransferFailure;
import io.github.reelbeam.internal.transfer.TransferObserver;
import io.github.reelbeam.internal.transfer.TransferOrder;
import io.github.reelbeam.internal.transfer.TransferRun;
import io.github.reelbeam.internal.transfer.TransferSlots;
import io.github.reelbeam.journal.JournalEntry.ObjectProperties;
import io.github.reelbeam.journal.JournalEntry.Stored;
import io.github.reelbeam.journal.JournalEntry.Target;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The real transfer engine on its real transport, with a {@link ScriptedNetwork} below. */
public final class StoreUnderFuzz {
  public static final String SECRET_KEY = "the-secret-access-key";
  public static final String SESSION_TOKEN = "the-session-token";

  /** Each request of a run may be made three times, and no run has many. */
  private static final int MOST_REQUESTS = 60;

  private static final Duration LONGEST_RUN = Duration.ofSeconds(10);

  private static final ScriptedNetwork NETWORK = new ScriptedNetwork();
  private static final ExecutorService WORKERS = daemons();
  private static final ScheduledExecutorService SCHEDULER =
      Executors.newScheduledThreadPool(1, StoreUnderFuzz::daemon);
  private static final TransferOptions OPTIONS =
      TransferOptions.builder()
          .partSize(TransferOptions.MIN_PART_SIZE)
          .parallelism(2)
          .retryPolicy(
              RetryPolicy.builder()
                  .maxAttempts(2)
                  .baseDelay(Duration.ofMillis(1))
                  .maxDelay(Duration.ofMillis(2))
                  .build())
          .build();
  private static final HttpTransport TRANSPORT =
      new HttpTransport(NETWORK.client(daemons()), OPTIONS, () -> 0);
  private static final TransferEngine ENGINE =
      new TransferEngine(
          TRANSPORT.s3(),
          OPTIONS,
          WORKERS,
          SCHEDULER,
          TransferSlots.fixed(4, System::nanoTime),
          new StoreClock(Clock.systemUTC(), System::nanoTime),
          System::nanoTime,
          () -> 0.5);
  private static final TemporaryCredentials CREDENTIALS =
      new TemporaryCredentials("ASIAEXAMPLE", SECRET_KEY, SESSION_TOKEN, FuzzTime.NOW);

  private StoreUnderFuzz() {}

  /** What a run came to: one of the two is null. */
  public record Outcome(@Nullable Stored stored, @Nullable TransferFailure failure) {}

  public static ScriptedNetwork network() {
    return NETWORK;
  }

  /** Where an object goes whose store is the script. */
  public static Target target(ScriptedNetwork.Script store, String bucket, String key) {
    return new Target(bucket, key, "eu-central-1", store.uri(), true, null);
  }

  /** A file of that length, as the transfer manager looks for one. */
  public static VideoSource zeros(long length) {
    try {
      Path file = Files.createTempFile("reelbeam-fuzz", ".mp4");
      file.toFile().deleteOnExit();
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.setLength(length);
      }
      return new ZeroSource(length, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes one run, and checks what has to hold for each: it ends, soon, with few requests, and with
   * a failure that can be shown.
   */
  public static Outcome run(
      ScriptedNetwork.Script store,
      VideoSource source,
      Target target,
      ObjectProperties object,
      @Nullable String multipartUploadId,
      boolean checksummed)
      throws IOException, InterruptedException {
    TransferOrder order =
        new TransferOrder(
            source,
            new PartPlan(source.size(), OPTIONS.partSize()),
            object,
            target,
            multipartUploadId,
            Map.of(),
            checksummed,
            () -> CompletableFuture.completedFuture(CREDENTIALS),
            () -> UploadPriority.NORMAL,
            UploadContext.NONE);
    TransferRun run = ENGINE.start(order, new Observer());
    Outcome outcome;
    try {
      outcome = new Outcome(await(run.result(), store), null);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TransferFailure failure)) {
        throw new AssertionError("a run ended otherwise than by a TransferFailure", e.getCause());
      }
      Check.failure(failure, SECRET_KEY, SESSION_TOKEN);
      Check.message(failure.requestId(), SECRET_KEY, SESSION_TOKEN);
      outcome = new Outcome(null, failure);
    }
    try {
      await(run.stop(), store);
    } catch (ExecutionException e) {
      throw new AssertionError("a run could not be stopped", e.getCause());
    }
    Check.that(store.connections() <= MOST_REQUESTS, store.connections() + " requests in one run");
    return outcome;
  }

  private static <T> T await(CompletableFuture<T> future, ScriptedNetwork.Script store)
      throws InterruptedException, ExecutionException {
    try {
      return future.get(LONGEST_RUN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(
          "a run hangs, after " + store.connections() + " requests to the store", e);
    }
  }

  private static ExecutorService daemons() {
    return Executors.newCachedThreadPool(StoreUnderFuzz::daemon);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    return thread;
  }

  /** Holds the run to what the pipeline relies on. */
  private static final class Observer implements TransferObserver {
    private static final int LONGEST_ID = 16 << 10;

    @Override
    public void multipartOpened(String multipartUploadId) {
      Check.that(
          multipartUploadId != null
              && !multipartUploadId.isBlank()
              && multipartUploadId.length() <= LONGEST_ID,
          "a multipart upload id that the journal cannot hold");
    }

    @Override
    public void resumed(Map<Integer, Long> stored) {
      Check.that(
          stored.size() <= 10_000 && stored.values().stream().allMatch(bytes -> bytes > 0),
          "more is stored than there is");
    }

    @Override
    public void partSent(int partNumber, long bytes) {}

    @Override
    public void partDropped(int partNumber) {}

    @Override
    public void partCommitted(int partNumber, long bytes, @Nullable String crc32) {}

    @Override
    public void requestSent() {}

    @Override
    public void requestEnded(StoreRequest request) {
      Check.message(String.valueOf(request), SECRET_KEY, SESSION_TOKEN);
    }

    @Override
    public void partRetry(PartRetry retry) {
      Check.message(retry.reason(), SECRET_KEY, SESSION_TOKEN);
    }

    @Override
    public void unreachable() {}

    @Override
    public void reachable() {}

    @Override
    public void beforeComplete() {}
  }
}
