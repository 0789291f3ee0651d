package io.github.reelbeam.internal.progress;

import io.github.reelbeam.UploadProgress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts the bytes of one upload, from the first run to the last: what S3 has confirmed, and what
 * is on its way. Safe for use by many threads.
 */
public final class ProgressMeter {
  // what the display shows at most before S3 has confirmed the whole object
  private static final double ALMOST = 0.999;

  private final long total;
  private final LongSupplier nanoTime;
  private final Map<Integer, Long> committed = new HashMap<>();
  private final Map<Integer, Long> inFlight = new HashMap<>();
  private final RateEstimator rate = new RateEstimator();
  private long committedBytes;
  private long inFlightBytes;
  private long sentBytes;
  private double highest;
  private boolean confirmed;

  /**
   * @param total the source's size in bytes
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  public ProgressMeter(long total, LongSupplier nanoTime) {
    this.total = total;
    this.nanoTime = nanoTime;
  }

  /**
   * A run begins.
   *
   * @param stored the parts that S3 holds already, and how many bytes each of them has
   */
  public synchronized void begin(Map<Integer, Long> stored) {
    inFlight.clear();
    inFlightBytes = 0;
    committed.clear();
    committed.putAll(stored);
    committedBytes = stored.values().stream().mapToLong(Long::longValue).sum();
    rate.restart();
  }

  /** Bytes of a part were handed to the network. */
  public synchronized void sent(int part, long bytes) {
    inFlight.merge(part, bytes, Long::sum);
    inFlightBytes += bytes;
    sentBytes += bytes;
    rate.add(bytes, nanoTime.getAsLong());
  }

  /**
   * What was sent of a part is lost: it failed, or begins again. That may even be a part that S3
   * has listed: while it makes the object out of the parts, the next list may be without them.
   */
  public synchronized void dropped(int part) {
    inFlightBytes -= removed(inFlight, part);
    committedBytes -= removed(committed, part);
  }

  /** S3 has confirmed a part. */
  public synchronized void committed(int part, long bytes) {
    dropped(part);
    committed.put(part, bytes);
    committedBytes += bytes;
  }

  private static long removed(Map<Integer, Long> parts, int part) {
    Long bytes = parts.remove(part);
    return bytes == null ? 0 : bytes;
  }

  /** S3 has confirmed the whole object. */
  public synchronized void confirmed() {
    confirmed = true;
    highest = 1.0;
  }

  /** The object is not there after all; the fraction stays where it is until it is caught up. */
  public synchronized void startOver() {
    confirmed = false;
    begin(Map.of());
  }

  /** The bytes handed to the network in all runs together; it never falls. */
  public synchronized long sentBytes() {
    return sentBytes;
  }

  /** How far it is now. */
  public synchronized UploadProgress snapshot() {
    if (confirmed) {
      return new UploadProgress(total, 0, total, rate.bytesPerSecond(nanoTime.getAsLong()), 1.0);
    }
    double now = total == 0 ? 0 : (double) (committedBytes + inFlightBytes) / total;
    highest = Math.max(highest, Math.min(now, ALMOST));
    return new UploadProgress(
        committedBytes, inFlightBytes, total, rate.bytesPerSecond(nanoTime.getAsLong()), highest);
  }
}
