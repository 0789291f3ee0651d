package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.internal.transfer.StoreRequest;
import io.github.reelbeam.internal.transfer.TransferObserver;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what a run reports, until the run is over. Its threads end a little later than its
 * requests: what they say then would be taken for something that the next run has done, or would
 * take an upload out of its last state.
 */
final class RunReports implements TransferObserver {
  private final TransferObserver hearer;
  private final Lock reporting;
  private final Lock ending;
  private boolean over;

  RunReports(TransferObserver hearer) {
    this.hearer = hearer;
    // reports come side by side, as the run's threads do
    ReadWriteLock lock = new ReentrantReadWriteLock();
    this.reporting = lock.readLock();
    this.ending = lock.writeLock();
  }

  /** Waits for reports that are being heard; none is after this. */
  void end() {
    ending.lock();
    try {
      over = true;
    } finally {
      ending.unlock();
    }
  }

  private boolean pass(Runnable report) {
    reporting.lock();
    try {
      if (!over) {
        report.run();
      }
      return !over;
    } finally {
      reporting.unlock();
    }
  }

  /** Ends the run by throwing, as what it asks leave for has to be known to somebody. */
  private void passOrThrow(Runnable report) {
    if (!pass(report)) {
      throw new IllegalStateException("the run is over");
    }
  }

  @Override
  public void multipartOpened(String multipartUploadId) {
    passOrThrow(() -> hearer.multipartOpened(multipartUploadId));
  }

  @Override
  public void beforeComplete() {
    passOrThrow(hearer::beforeComplete);
  }

  @Override
  public void resumed(Map<Integer, Long> stored) {
    pass(() -> hearer.resumed(stored));
  }

  @Override
  public void partSent(int partNumber, long bytes) {
    pass(() -> hearer.partSent(partNumber, bytes));
  }

  @Override
  public void partDropped(int partNumber) {
    pass(() -> hearer.partDropped(partNumber));
  }

  @Override
  public void partCommitted(int partNumber, long bytes, @Nullable String crc32) {
    pass(() -> hearer.partCommitted(partNumber, bytes, crc32));
  }

  @Override
  public void requestSent() {
    pass(hearer::requestSent);
  }

  @Override
  public void requestEnded(StoreRequest request) {
    pass(() -> hearer.requestEnded(request));
  }

  @Override
  public void partRetry(PartRetry retry) {
    pass(() -> hearer.partRetry(retry));
  }

  @Override
  public void unreachable() {
    pass(hearer::unreachable);
  }

  @Override
  public void reachable() {
    pass(hearer::reachable);
  }
}
