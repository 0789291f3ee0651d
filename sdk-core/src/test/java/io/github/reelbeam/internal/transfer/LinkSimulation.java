package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.internal.transfer.ConcurrencyLimit.Failure;
import io.github.reelbeam.internal.transfer.SimulatedConnection.Phase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Uploads parts over a {@link SimulatedLink} in virtual time, as many at once as a controller (or a
 * fixed number) says.
 *
 * <p>Bytes are a fluid: between two events each connection's rate is constant, its fair share of
 * the link or what it can carry by itself.
 */
final class LinkSimulation {
  private static final double NEVER = SimulatedConnection.NEVER;
  private static final double SERVICE = 0.0005;
  private static final Comparator<SimulatedConnection> BY_ABILITY =
      Comparator.comparingDouble(connection -> connection.able);

  private final SimulatedLink link;
  private final @Nullable AdaptiveConcurrency adaptive;
  private final int fixed;
  private final Random random;
  private final LinkRecord seen = new LinkRecord();
  private final List<SimulatedConnection> connections = new ArrayList<>();
  private final List<SimulatedConnection> sending = new ArrayList<>();
  private final Deque<SimulatedConnection> idle = new ArrayDeque<>();
  private final PriorityQueue<Double> returning = new PriorityQueue<>();
  private double now;
  private double delivered;
  private double nextLuck = 1;
  private long partsLeft;
  private long partSize;
  private int inFlight;

  LinkSimulation(SimulatedLink link, AdaptiveConcurrency adaptive) {
    this(link, adaptive, 0);
  }

  LinkSimulation(SimulatedLink link, int fixed) {
    this(link, null, fixed);
  }

  private LinkSimulation(SimulatedLink link, @Nullable AdaptiveConcurrency adaptive, int fixed) {
    this.link = link;
    this.adaptive = adaptive;
    this.fixed = fixed;
    this.random = new Random(link.seed);
  }

  /** What has happened so far. */
  LinkRecord seen() {
    return seen;
  }

  /** Uploads so many parts, but no longer than so many seconds; returns itself. */
  LinkSimulation run(long parts, long size, double seconds) {
    partsLeft += parts;
    partSize = size;
    double end = now + seconds;
    dispatch();
    while (now < end && (partsLeft > 0 || inFlight > 0 || !returning.isEmpty())) {
      shareLink();
      double next = Math.min(end, nextEvent());
      advance(next);
      fire();
      dispatch();
    }
    return this;
  }

  /** Nothing to do for a while; what was to be sent is forgotten. */
  LinkSimulation idle(double seconds) {
    partsLeft = 0;
    run(0, partSize, NEVER);
    now += seconds;
    seen.idle(now, delivered);
    return this;
  }

  private int limit() {
    int limit = adaptive == null ? fixed : adaptive.limit();
    seen.limit(now, limit);
    return limit;
  }

  private long nanos() {
    return Math.round(now * 1e9);
  }

  private void dispatch() {
    while (!returning.isEmpty() && returning.peek() <= now) {
      returning.poll();
      partsLeft++;
    }
    while (partsLeft > 0 && inFlight < limit()) {
      partsLeft--;
      start();
    }
  }

  private void start() {
    SimulatedConnection connection = idle.pollLast();
    if (connection == null) {
      connection = new SimulatedConnection(link);
      connections.add(connection);
      connection.luck = luck();
      connection.until = now + 2 * link.at(now).roundTrip();
    } else {
      connection.until = now;
    }
    connection.take(partSize);
    inFlight++;
    seen.inFlight(inFlight);
    if (adaptive != null) {
      connection.flight = adaptive.flight(partSize);
      adaptive.started(connection.flight, nanos());
    }
  }

  private double luck() {
    return Math.exp(link.spread * random.nextGaussian() - link.spread * link.spread / 2);
  }

  /** Max-min fair: whoever can carry less than the fair share leaves the rest to the others. */
  private void shareLink() {
    SimulatedLink.Phase phase = link.at(now);
    sending.clear();
    double least = NEVER;
    for (SimulatedConnection c : connections) {
      c.rate = 0;
      if (c.sends()) {
        c.updateAble(phase);
        least = Math.min(least, c.able);
        sending.add(c);
      }
    }
    double left = phase.bandwidth();
    int sharing = sending.size() + phase.rivals();
    if (least < left / sharing) {
      sending.sort(BY_ABILITY);
    }
    for (SimulatedConnection c : sending) {
      c.rate = Math.min(c.able, left / sharing);
      left -= c.rate;
      sharing--;
    }
  }

  private double nextEvent() {
    double next = Math.min(link.nextChange(now), seen.nextSample());
    if (link.spread > 0) {
      next = Math.min(next, nextLuck);
    }
    if (!returning.isEmpty()) {
      next = Math.min(next, returning.peek());
    }
    for (SimulatedConnection c : connections) {
      if (c.phase != Phase.IDLE) {
        next = Math.min(next, c.phase == Phase.SENDING ? c.nextEvent(now) : c.until);
      }
    }
    return Math.max(now, next);
  }

  private void advance(double next) {
    double span = next - now;
    for (SimulatedConnection c : connections) {
      if (c.rate > 0) {
        delivered += c.drain(span, next);
      }
    }
    now = next;
    seen.delivered(now, delivered);
    if (link.spread > 0 && now >= nextLuck) {
      nextLuck = now + 1;
      connections.forEach(c -> c.luck = luck());
    }
  }

  private void fire() {
    double roundTrip = link.at(now).roundTrip();
    for (SimulatedConnection c : connections) {
      if (c.phase == Phase.SENDING) {
        send(c, roundTrip);
      } else if (c.phase != Phase.IDLE && c.until <= now) {
        goOn(c, roundTrip);
      }
    }
  }

  private void goOn(SimulatedConnection c, double roundTrip) {
    switch (c.phase) {
      case CONNECTING -> begin(c, roundTrip);
      case REFUSED -> {
        seen.refused();
        returning.add(now + 0.2 + random.nextDouble() * 0.4);
        end(c, Failure.SLOW_DOWN);
      }
      case ANSWERED -> end(c, null);
      case PAUSING -> rest(c);
      case SENDING, IDLE -> throw new IllegalStateException("it has no time at which to go on");
    }
  }

  private void begin(SimulatedConnection c, double roundTrip) {
    long atStore =
        connections.stream()
            .filter(o -> o.phase == Phase.SENDING || o.phase == Phase.ANSWERED)
            .count();
    if (atStore >= link.storeLimit) {
      c.phase = Phase.REFUSED;
      c.until = now + roundTrip;
      return;
    }
    c.begin(now, roundTrip);
    c.write(now, this::wrote);
  }

  private void send(SimulatedConnection c, double roundTrip) {
    c.growWindow(now, roundTrip);
    if (c.hasRoomAgain()) {
      c.write(now, this::wrote);
    }
    if (c.isAllThere()) {
      c.phase = Phase.ANSWERED;
      c.until = now + roundTrip + SERVICE;
    } else if (c.isStalled(now)) {
      seen.timedOut();
      returning.add(now + 1.0);
      end(c, Failure.TIMEOUT);
      c.forgetWindow();
    }
  }

  private void wrote(Flight flight, long bytes, double seconds) {
    if (adaptive != null) {
      adaptive.wrote(flight, bytes, Math.round(seconds * 1e9), nanos());
    }
  }

  private void end(SimulatedConnection c, @Nullable Failure failure) {
    if (adaptive != null && c.flight != null) {
      if (failure == null) {
        adaptive.answered(c.flight, nanos());
      } else {
        adaptive.failed(c.flight, failure, nanos());
      }
    }
    c.flight = null;
    if (link.gap > 0) {
      c.phase = Phase.PAUSING;
      c.until = now + link.gap;
    } else {
      rest(c);
    }
  }

  private void rest(SimulatedConnection c) {
    c.phase = Phase.IDLE;
    idle.add(c);
    inFlight--;
  }
}
