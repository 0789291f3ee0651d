package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadListener.PartCompleted;
import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.internal.transfer.PartPlan;
import io.github.reelbeam.internal.transfer.StoreRequest;
import io.github.reelbeam.internal.transfer.TransferObserver;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what a run does into journal entries, progress and events of its upload. */
final class RunReporter implements TransferObserver {
  private static final Logger log = LoggerFactory.getLogger(Loggers.TRANSFER);
  private static final long REMEMBER_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Environment environment;
  private final UploadJob job;
  private final Set<Integer> completed = ConcurrentHashMap.newKeySet();
  private final Map<Integer, String> checksums = new ConcurrentHashMap<>();
  private long rememberedAt;
  private volatile boolean committed;

  RunReporter(Environment environment, UploadJob job) {
    this.environment = environment;
    this.job = job;
    this.rememberedAt = environment.nanoTime().getAsLong();
  }

  RunReporter forNewRun() {
    committed = false;
    checksums.clear();
    checksums.putAll(transfer(job.entry()).confirmed());
    return this;
  }

  /** Whether the run has brought the upload forward. */
  boolean hasCommitted() {
    return committed;
  }

  @Override
  public void multipartOpened(String multipartUploadId) {
    job.write(
        entry -> entry.transferring(transfer(entry).opened(multipartUploadId), environment.now()));
  }

  @Override
  public void resumed(Map<Integer, Long> stored) {
    completed.clear();
    completed.addAll(stored.keySet());
    job.meter().begin(stored);
    job.timeline().run(stored);
    log.debug("upload {}: a run begins, {} parts are stored", job.id(), stored.size());
    job.events().progress();
  }

  @Override
  public void partSent(int partNumber, long bytes) {
    job.meter().sent(partNumber, bytes);
  }

  @Override
  public void partDropped(int partNumber) {
    completed.remove(partNumber);
    job.meter().dropped(partNumber);
  }

  @Override
  public void partCommitted(int partNumber, long bytes, @Nullable String crc32) {
    committed = true;
    if (crc32 != null) {
      remember(partNumber, crc32);
    }
    job.meter().committed(partNumber, bytes);
    job.timeline().partCommitted(bytes, job.meter().snapshot().bytesPerSecond());
    int total = plan().count();
    synchronized (completed) {
      // the events' numbers are to grow in their order
      completed.add(partNumber);
      PartCompleted event = new PartCompleted(partNumber, bytes, completed.size(), total);
      job.events().emit(l -> l.onPartCompleted(event));
    }
    job.events().progress();
  }

  @Override
  public void requestSent() {
    job.timeline().requestSent();
  }

  @Override
  public void requestEnded(StoreRequest request) {
    job.timeline().requestEnded(request);
  }

  @Override
  public void partRetry(PartRetry retry) {
    job.timeline().retry(retry);
    job.events().emit(l -> l.onPartRetry(retry));
  }

  @Override
  public void unreachable() {
    job.enter(UploadState.WAITING, WaitReason.OFFLINE);
  }

  @Override
  public void reachable() {
    if (job.state() == UploadState.WAITING) {
      job.enter(UploadState.TRANSFERRING);
    }
  }

  @Override
  public void beforeComplete() {
    JournalEntry entry = job.entry();
    Transfer transfer = transfer(entry);
    if (transfer.multipartUploadId() == null) {
      // an object in one piece: nothing of it is stored yet
      SourceIdentity.verifyUnread(job.source(), entry.source(), entry.id());
      return;
    }
    SourceIdentity.verify(job.source(), entry.source(), entry.id());
    // from here on the object may come into being without anybody seeing the answer
    Transfer complete = transfer.withConfirmed(checksums).aboutToComplete();
    job.write(e -> e.transferring(complete, environment.now()));
  }

  /**
   * Notes the checksum of a confirmed part. It is what a stored part is compared with after a
   * restart, where the store lists no checksums; nothing else relies on it, so it need not be on
   * the disk at once, and a few writes serve many parts.
   */
  private void remember(int partNumber, String crc32) {
    checksums.put(partNumber, crc32);
    long now = environment.nanoTime().getAsLong();
    synchronized (checksums) {
      if (now - rememberedAt < REMEMBER_EVERY_NANOS) {
        return;
      }
      rememberedAt = now;
    }
    job.write(
        entry -> {
          Transfer transfer = transfer(entry);
          return transfer.completing()
              ? entry
              : entry.transferring(transfer.withConfirmed(checksums), environment.now());
        });
  }

  private PartPlan plan() {
    JournalEntry entry = job.entry();
    return new PartPlan(entry.source().size(), transfer(entry).partSize());
  }

  private static Transfer transfer(JournalEntry entry) {
    return Objects.requireNonNull(entry.transfer(), "planned before the run");
  }
}
