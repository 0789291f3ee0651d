package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadListener.PartCompleted;
import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.internal.transfer.PartPlan;
import io.github.reelbeam.internal.transfer.TransferObserver;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.journal.JournalEntry.Transfer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** Turns what a run does into journal entries, progress and events of its upload. */
final class RunReporter implements TransferObserver {
  private final Environment environment;
  private final UploadJob job;
  private final AtomicInteger completed = new AtomicInteger();
  private volatile boolean committed;

  RunReporter(Environment environment, UploadJob job) {
    this.environment = environment;
    this.job = job;
  }

  RunReporter forNewRun() {
    committed = false;
    return this;
  }

  /** Whether the run has brought the upload forward. */
  boolean hasCommitted() {
    return committed;
  }

  @Override
  public void multipartOpened(String multipartUploadId) {
    job.write(
        entry -> {
          Transfer planned = Objects.requireNonNull(entry.transfer(), "planned before the run");
          return entry.transferring(
              new Transfer(planned.partSize(), multipartUploadId, planned.checksummed()),
              environment.now());
        });
  }

  @Override
  public void resumed(long storedBytes, int storedParts) {
    completed.set(storedParts);
    job.meter().begin(storedBytes);
    job.events().progress();
  }

  @Override
  public void partSent(int partNumber, long bytes) {
    job.meter().sent(partNumber, bytes);
  }

  @Override
  public void partDropped(int partNumber) {
    job.meter().dropped(partNumber);
  }

  @Override
  public void partCommitted(int partNumber, long bytes) {
    committed = true;
    job.meter().committed(partNumber, bytes);
    int total = plan().count();
    PartCompleted event = new PartCompleted(partNumber, bytes, completed.incrementAndGet(), total);
    job.events().emit(l -> l.onPartCompleted(event));
    job.events().progress();
  }

  @Override
  public void partRetry(PartRetry retry) {
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
    SourceIdentity.verify(job.source(), entry.source(), entry.id());
  }

  private PartPlan plan() {
    JournalEntry entry = job.entry();
    Transfer transfer = Objects.requireNonNull(entry.transfer(), "planned before the run");
    return new PartPlan(entry.source().size(), transfer.partSize());
  }
}
