package io.github.reelbeam.internal.progress;

import io.github.reelbeam.BatchProgress;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import java.util.List;
import java.util.function.LongSupplier;

/** Adds up what the uploads of a batch have done. Safe for use by many threads. */
public final class BatchMeter {
  // what the display shows at most before S3 has confirmed every object
  private static final double ALMOST = 0.999;

  private final LongSupplier nanoTime;
  private final RateEstimator rate = new RateEstimator();
  private long sentBefore;
  private double highest;

  /**
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  public BatchMeter(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * What one upload says of itself.
   *
   * @param sentBytes bytes handed to the network in this process so far; it never falls
   */
  public record Reading(UploadState state, UploadProgress progress, long sentBytes) {}

  /** Nothing moved for a time, which says nothing about the network. */
  public synchronized void restart() {
    rate.restart();
  }

  /**
   * How far they are now.
   *
   * @param readings of all uploads of the batch
   */
  public synchronized BatchProgress add(List<Reading> readings) {
    int completed = 0;
    int failed = 0;
    int cancelled = 0;
    int confirmed = 0;
    long committed = 0;
    long inFlight = 0;
    long remaining = 0;
    long total = 0;
    long sent = 0;
    for (Reading reading : readings) {
      UploadProgress one = reading.progress();
      completed += reading.state() == UploadState.NOTIFIED ? 1 : 0;
      failed += reading.state() == UploadState.FAILED ? 1 : 0;
      cancelled += reading.state() == UploadState.CANCELLED ? 1 : 0;
      confirmed += one.fraction() == 1.0 ? 1 : 0;
      committed += one.committedBytes();
      inFlight += one.inFlightBytes();
      total += one.totalBytes();
      sent += reading.sentBytes();
      if (!reading.state().isTerminal()) {
        remaining += Math.max(0, one.totalBytes() - one.committedBytes() - one.inFlightBytes());
      }
    }
    long now = nanoTime.getAsLong();
    rate.add(Math.max(0, sent - sentBefore), now);
    sentBefore = Math.max(sent, sentBefore);
    double share = total == 0 ? 1 : (double) (committed + inFlight) / total;
    highest = confirmed == readings.size() ? 1.0 : Math.max(highest, Math.min(share, ALMOST));
    return new BatchProgress(
        completed,
        failed,
        cancelled,
        readings.size(),
        committed,
        inFlight,
        remaining,
        total,
        rate.bytesPerSecond(now),
        highest);
  }
}
