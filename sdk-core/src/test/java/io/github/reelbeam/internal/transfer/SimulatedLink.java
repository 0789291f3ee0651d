package io.github.reelbeam.internal.transfer;

import java.util.ArrayList;
import java.util.List;

/**
 * What a link to a store is like, for {@link LinkSimulation}. Rates in bytes per second, sizes in
 * bytes, times in seconds.
 */
final class SimulatedLink {
  /** What a connection's rate is multiplied with at some moment, and what the whole link has. */
  record Phase(double from, double bandwidth, double perConnection, double roundTrip, int rivals) {}

  final String name;
  final List<Phase> phases = new ArrayList<>();
  long sendBuffer = 4 << 20;
  long receiveBuffer;
  boolean slowStart = true;
  double spread;
  int storeLimit = Integer.MAX_VALUE;
  double stallTimeout = 30;
  double gap;
  long seed = 42;

  private SimulatedLink(String name) {
    this.name = name;
  }

  /** A link with nothing special: TCP as it is, windows up to 4 MiB. */
  static SimulatedLink of(String name, double megabits, double roundTripMillis) {
    SimulatedLink link = new SimulatedLink(name);
    link.phases.add(new Phase(0, bytes(megabits), Double.MAX_VALUE, roundTripMillis / 1000, 0));
    return link;
  }

  private static double bytes(double megabits) {
    return megabits * 1e6 / 8;
  }

  /** Each connection gets this much at most. */
  SimulatedLink perConnection(double megabits) {
    Phase p = phases.remove(phases.size() - 1);
    phases.add(new Phase(p.from, p.bandwidth, bytes(megabits), p.roundTrip, p.rivals));
    return this;
  }

  /** So many connections of others take their fair share. */
  SimulatedLink rivals(int count) {
    Phase p = phases.remove(phases.size() - 1);
    phases.add(new Phase(p.from, p.bandwidth, p.perConnection, p.roundTrip, count));
    return this;
  }

  /** From a moment on the link is another. */
  SimulatedLink then(double seconds, double megabits, double roundTripMillis) {
    phases.add(new Phase(seconds, bytes(megabits), Double.MAX_VALUE, roundTripMillis / 1000, 0));
    return this;
  }

  /**
   * Buffers of a fixed size that take in their fill at once, as of a proxy on loopback: what a
   * writer has handed over says little about what has come through.
   */
  SimulatedLink buffers(double sendMegabytes, double receiveMegabytes) {
    sendBuffer = (long) (sendMegabytes * 1e6);
    receiveBuffer = (long) (receiveMegabytes * 1e6);
    slowStart = false;
    return this;
  }

  /** How far the rates of connections scatter about their limit, as losses make them do. */
  SimulatedLink spread(double sigma) {
    spread = sigma;
    return this;
  }

  /** The store refuses requests beyond so many at once with 503. */
  SimulatedLink storeLimit(int requests) {
    storeLimit = requests;
    return this;
  }

  /** How long a part may see nothing move. */
  SimulatedLink stallTimeout(double seconds) {
    stallTimeout = seconds;
    return this;
  }

  /** The client needs so long between two requests. */
  SimulatedLink gap(double seconds) {
    gap = seconds;
    return this;
  }

  /** What chance is drawn from. */
  SimulatedLink seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  Phase at(double time) {
    Phase found = phases.get(0);
    for (Phase phase : phases) {
      if (phase.from <= time) {
        found = phase;
      }
    }
    return found;
  }

  double nextChange(double time) {
    for (Phase phase : phases) {
      if (phase.from > time) {
        return phase.from;
      }
    }
    return Double.MAX_VALUE;
  }

  @Override
  public String toString() {
    return name;
  }
}
