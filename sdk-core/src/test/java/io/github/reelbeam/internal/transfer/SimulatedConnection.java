package io.github.reelbeam.internal.transfer;

import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link LinkSimulation}: a part on its way through the buffers. A writer fills
 * them at once, then waits until a third of the send buffer is free, as Linux does it.
 */
final class SimulatedConnection {
  static final double NEVER = 1e18;

  private static final int SLICE = 64 << 10;
  private static final double INITIAL_WINDOW = 46_000;
  private static final double SHORTEST_ROUND_TRIP = 1e-4;

  /** What it is at. */
  enum Phase {
    IDLE,
    CONNECTING,
    SENDING,
    REFUSED,
    ANSWERED,
    PAUSING
  }

  /** Hears of slices that were handed over. */
  interface Writes {
    void wrote(Flight flight, long bytes, double seconds);
  }

  private final SimulatedLink link;

  Phase phase = Phase.IDLE;

  /** When what it is at ends, unless it sends. */
  double until;

  /** What a controller is told of the part; none if nobody is told. */
  @Nullable Flight flight;

  /** What its rate is multiplied with. */
  double luck = 1;

  /** What it could carry now, and what it does. */
  double able;

  double rate;

  private long length;
  private long written;
  private double drained;
  private boolean blocked;
  private double blockedSince;
  private double window = INITIAL_WINDOW;
  private double growsAt = NEVER;
  private double moved;

  SimulatedConnection(SimulatedLink link) {
    this.link = link;
  }

  /** A part of so many bytes is next. */
  void take(long bytes) {
    phase = Phase.CONNECTING;
    length = bytes;
    written = 0;
    drained = 0;
    blocked = false;
  }

  /** The store lets it send. */
  void begin(double now, double roundTrip) {
    phase = Phase.SENDING;
    moved = now;
    growsAt = link.slowStart ? now + roundTrip : NEVER;
  }

  /** A new connection takes its place: it has to learn anew what the link carries. */
  void forgetWindow() {
    window = INITIAL_WINDOW;
  }

  boolean sends() {
    return phase == Phase.SENDING && queue() > 0.5;
  }

  boolean isAllThere() {
    return length - drained < 1;
  }

  boolean isStalled(double now) {
    return now - moved >= link.stallTimeout;
  }

  void updateAble(SimulatedLink.Phase now) {
    double limited = now.perConnection() * luck;
    able =
        link.slowStart
            ? Math.min(limited, window / Math.max(SHORTEST_ROUND_TRIP, now.roundTrip()))
            : limited;
  }

  /** When something happens to it while it sends at its rate. */
  double nextEvent(double now) {
    double next = Math.min(growsAt, moved + link.stallTimeout);
    if (rate > 0) {
      double target = blocked ? queue() - wakeLevel() : length - drained;
      next = Math.min(next, now + Math.max(0, target) / rate + 1e-9);
    }
    return next;
  }

  /** Bytes leave until a moment; returns how many. */
  double drain(double span, double next) {
    double bytes = Math.min(queue(), rate * span);
    drained += bytes;
    moved = next;
    return bytes;
  }

  /** Grows while it is the window that holds it back. */
  void growWindow(double now, double roundTrip) {
    if (growsAt > now) {
      return;
    }
    boolean full = rate > 0 && rate >= 0.9 * window / Math.max(SHORTEST_ROUND_TRIP, roundTrip);
    window = full ? Math.min((double) link.sendBuffer, window * 2) : window;
    growsAt = now + (full ? Math.max(1e-3, roundTrip) : Math.max(0.2, 5 * roundTrip));
  }

  /** Whether a writer that waits for room has it now. */
  boolean hasRoomAgain() {
    return blocked && queue() <= wakeLevel() + 1;
  }

  /** Hands over whole slices as long as there is room; one that does not fit waits half-way. */
  void write(double now, Writes told) {
    if (blocked) {
      blocked = false;
      tell(told, now - blockedSince);
    }
    while (written < length) {
      written += Math.min(SLICE, length - written);
      if (queue() > capacity()) {
        blocked = true;
        blockedSince = now;
        return;
      }
      tell(told, 0);
    }
  }

  private void tell(Writes told, double seconds) {
    if (flight != null) {
      told.wrote(flight, written % SLICE == 0 ? SLICE : written % SLICE, seconds);
    }
  }

  private double queue() {
    return written - drained;
  }

  private double capacity() {
    return sendCapacity() + link.receiveBuffer;
  }

  private double wakeLevel() {
    return link.receiveBuffer + sendCapacity() * 2 / 3;
  }

  private double sendCapacity() {
    return link.slowStart ? Math.min((double) link.sendBuffer, 2 * window) : link.sendBuffer;
  }
}
