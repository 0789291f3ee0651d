package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.internal.transfer.ConcurrencyLimit.Failure;
import io.github.reelbeam.internal.transfer.ConcurrencyLimit.Flight;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts that all uploads of one {@link io.github.reelbeam.VideoUploader} may have in flight
 * together, and whose turn is next: that of the highest priority; among equals, of the upload with
 * the fewest parts in flight; within an upload, the first part. Safe for use by many threads.
 */
public final class TransferSlots {
  /** With less than this for each of them, more connections only make a slow rate slower. */
  private static final long BYTES_PER_SECOND_AND_PART = 64 << 10;

  private final ConcurrencyLimit concurrency;
  private final LongSupplier nanoTime;
  private final Set<Share> waiting = new LinkedHashSet<>();
  private int inFlight;
  private int mostByRate = Integer.MAX_VALUE;
  private long turns;

  private TransferSlots(ConcurrencyLimit concurrency, LongSupplier nanoTime) {
    this.concurrency = concurrency;
    this.nanoTime = nanoTime;
  }

  /** Always as many as that, if there is enough to send. */
  public static TransferSlots fixed(int parts, LongSupplier nanoTime) {
    return new TransferSlots(new FixedConcurrency(parts), nanoTime);
  }

  /** The share of one run. */
  Share share(Supplier<UploadPriority> priority) {
    return new Share(priority);
  }

  /** Changes the bound; what is in flight beyond it ends by itself. */
  public void maximum(int parts) {
    List<Turn> next;
    synchronized (this) {
      concurrency.maximum(parts);
      next = nextTurns();
    }
    begin(next);
  }

  /** There is a cap on the rate of all parts together, in bytes per second; 0 for none. */
  public void rateLimit(long bytesPerSecond) {
    List<Turn> next;
    synchronized (this) {
      mostByRate =
          bytesPerSecond == 0
              ? Integer.MAX_VALUE
              : (int)
                  Math.min(
                      Integer.MAX_VALUE, Math.max(1, bytesPerSecond / BYTES_PER_SECOND_AND_PART));
      next = nextTurns();
    }
    begin(next);
  }

  /** What one connection carries, in bytes per second, as far as is known; 0 if it is not. */
  public synchronized long ratePerConnection() {
    return concurrency.ratePerConnection();
  }

  /** How many parts may be in flight now. */
  public synchronized int limit() {
    return Math.min(concurrency.limit(), mostByRate);
  }

  private List<Turn> nextTurns() {
    List<Turn> next = new ArrayList<>(1);
    while (inFlight < limit() && !waiting.isEmpty()) {
      Share share = nextShare();
      Turn turn = share.queue.remove();
      if (share.queue.isEmpty()) {
        waiting.remove(share);
      }
      inFlight++;
      share.inFlight++;
      share.lastTurn = ++turns;
      next.add(turn);
    }
    return next;
  }

  private Share nextShare() {
    Share next = null;
    UploadPriority highest = UploadPriority.LOW;
    for (Share share : waiting) {
      // asked once: the app may change it at any time
      UploadPriority priority = share.priority.get();
      if (next == null
          || priority.compareTo(highest) > 0
          || (priority == highest && share.isBefore(next))) {
        next = share;
        highest = priority;
      }
    }
    if (next == null) {
      throw new IllegalStateException("nobody waits");
    }
    return next;
  }

  /** Not under the lock: whoever waits goes on with what it has to do. */
  private void begin(List<Turn> next) {
    for (Turn turn : next) {
      Slot slot = turn.slot();
      if (!turn.granted.complete(slot)) {
        slot.end(null);
      }
    }
  }

  /** What one run has of it. */
  final class Share {
    private final Supplier<UploadPriority> priority;
    // below: guarded by the lock of the slots
    private final Queue<Turn> queue = new PriorityQueue<>(Comparator.comparingInt(Turn::part));
    private int inFlight;
    private long lastTurn;
    private boolean closed;

    private Share(Supplier<UploadPriority> priority) {
      this.priority = priority;
    }

    private boolean isBefore(Share other) {
      return inFlight == other.inFlight ? lastTurn < other.lastTurn : inFlight < other.inFlight;
    }

    /**
     * Waits for a turn.
     *
     * @param part the part's number
     * @param length the bytes of its body
     * @return completes with the slot, which is to be ended in any case; exceptionally if the share
     *     is closed first. To cancel it is to give up waiting
     */
    CompletableFuture<Slot> await(int part, long length) {
      Turn turn = new Turn(this, part, length);
      List<Turn> next;
      synchronized (TransferSlots.this) {
        if (closed) {
          turn.granted.completeExceptionally(new CancellationException("the run is over"));
          return turn.granted;
        }
        queue.add(turn);
        waiting.add(this);
        next = nextTurns();
      }
      begin(next);
      return turn.granted;
    }

    /** Nobody waits any more, and nobody will; slots that are taken stay so until they end. */
    void close() {
      List<Turn> refused;
      synchronized (TransferSlots.this) {
        closed = true;
        refused = List.copyOf(queue);
        queue.clear();
        waiting.remove(this);
      }
      for (Turn turn : refused) {
        turn.granted.completeExceptionally(new CancellationException("the run is over"));
      }
    }
  }

  /** One part that waits, or has waited, for its slot. */
  private final class Turn {
    private final Share share;
    private final int part;
    private final long length;
    private final CompletableFuture<Slot> granted = new CompletableFuture<>();

    Turn(Share share, int part, long length) {
      this.share = share;
      this.part = part;
      this.length = length;
    }

    int part() {
      return part;
    }

    Slot slot() {
      return new Slot(share, length);
    }
  }

  /** The leave to send one part. */
  final class Slot {
    private final Share share;
    private final long length;
    private @Nullable Flight flight;
    private boolean ended;

    private Slot(Share share, long length) {
      this.share = share;
      this.length = length;
    }

    /** The request goes out. */
    void begin() {
      synchronized (TransferSlots.this) {
        flight = concurrency.started(length, nanoTime.getAsLong());
      }
    }

    /** A piece was handed to the connection, which took so long. */
    void wrote(long bytes, long tookNanos) {
      List<Turn> next;
      synchronized (TransferSlots.this) {
        if (flight == null || ended) {
          return;
        }
        concurrency.wrote(flight, bytes, tookNanos, nanoTime.getAsLong());
        next = nextTurns();
      }
      TransferSlots.this.begin(next);
    }

    /**
     * The request has ended, and the slot is another's. Has no effect the second time.
     *
     * @param failure null if the part is stored
     */
    void end(@Nullable Failure failure) {
      List<Turn> next;
      synchronized (TransferSlots.this) {
        if (ended) {
          return;
        }
        ended = true;
        inFlight--;
        share.inFlight--;
        if (flight != null) {
          long now = nanoTime.getAsLong();
          if (failure == null) {
            concurrency.answered(flight, now);
          } else {
            concurrency.failed(flight, failure, now);
          }
        }
        next = nextTurns();
      }
      TransferSlots.this.begin(next);
    }
  }
}
