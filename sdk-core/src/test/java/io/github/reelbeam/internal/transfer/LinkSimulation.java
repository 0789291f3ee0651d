package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.internal.transfer.ConcurrencyLimit.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Uploads parts over a {@link SimulatedLink} in virtual time, as many at once as a controller (or a
 * fixed number) says.
 *
 * <p>Bytes are a fluid: between two events each connection's rate is constant, its fair share of
 * the link or what it can carry by itself. A writer fills the connection's buffers at once, then
 * waits until a third of the send buffer is free, as Linux does it.
 */
final class LinkSimulation {
  private static final int SLICE = 64 << 10;
  private static final double INITIAL_WINDOW = 46_000;
  private static final double NEVER = 1e18;
  private static final double SAMPLE = 0.1;
  private static final Comparator<Connection> BY_ABILITY =
      Comparator.comparingDouble(connection -> connection.able);
  private static final double SERVICE = 0.0005;

  /** How many may be in flight, and from when. */
  record Step(double time, int limit) {}

  private enum Phase {
    IDLE,
    CONNECTING,
    SENDING,
    REFUSED,
    ANSWERED,
    PAUSING
  }

  private static final class Connection {
    Phase phase = Phase.CONNECTING;
    double until;
    @Nullable Flight flight;
    long length;
    long written;
    double drained;
    boolean blocked;
    double blockedSince;
    double window = INITIAL_WINDOW;
    double growsAt = NEVER;
    double luck = 1;
    double rate;
    double able;
    double moved;

    double queue() {
      return written - drained;
    }

    boolean sends() {
      return phase == Phase.SENDING && queue() > 0.5;
    }
  }

  private final SimulatedLink link;
  private final @Nullable AdaptiveConcurrency adaptive;
  private final int fixed;
  private final List<Connection> open = new ArrayList<>();
  private final Random random;
  private final List<Connection> connections = new ArrayList<>();
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final PriorityQueue<Double> returning = new PriorityQueue<>();
  private final List<Step> steps = new ArrayList<>();
  private final List<Double> deliveredAt = new ArrayList<>();
  private double now;
  private double delivered;
  private double nextLuck = 1;
  private double nextSample;
  private long partsLeft;
  private long partSize;
  private int inFlight;
  private int mostInFlight;
  private int refusals;
  private int timeouts;

  LinkSimulation(SimulatedLink link, AdaptiveConcurrency adaptive) {
    this.link = link;
    this.adaptive = adaptive;
    this.fixed = 0;
    this.random = new Random(link.seed);
  }

  LinkSimulation(SimulatedLink link, int fixed) {
    this.link = link;
    this.adaptive = null;
    this.fixed = fixed;
    this.random = new Random(link.seed);
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
    while (nextSample < now) {
      deliveredAt.add(delivered);
      nextSample += SAMPLE;
    }
    return this;
  }

  double seconds() {
    return now;
  }

  int mostInFlight() {
    return mostInFlight;
  }

  int refusals() {
    return refusals;
  }

  int timeouts() {
    return timeouts;
  }

  List<Step> steps() {
    return steps;
  }

  /** Bytes per second that came through from one moment to another. */
  double rate(double from, double to) {
    int a = (int) Math.min(deliveredAt.size() - 1L, Math.round(from / SAMPLE));
    int b = (int) Math.min(deliveredAt.size() - 1L, Math.round(to / SAMPLE));
    return (deliveredAt.get(b) - deliveredAt.get(a)) / ((b - a) * SAMPLE);
  }

  /** The limit at a moment. */
  int limitAt(double time) {
    int limit = steps.get(0).limit;
    for (Step step : steps) {
      if (step.time <= time) {
        limit = step.limit;
      }
    }
    return limit;
  }

  /** The limit that stood longest between two moments. */
  int settled(double from, double to) {
    Map<Integer, Double> stood = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      double begin = Math.max(from, steps.get(i).time);
      double end = i + 1 < steps.size() ? Math.min(to, steps.get(i + 1).time) : to;
      stood.merge(steps.get(i).limit, Math.max(0, end - begin), Double::sum);
    }
    return Collections.max(stood.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** When the limit first was so high; infinite if never. */
  double reached(int limit) {
    return steps.stream()
        .filter(step -> step.limit >= limit)
        .mapToDouble(Step::time)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** When the limit first was so high after a moment. */
  double reached(int limit, double after) {
    return steps.stream()
        .filter(step -> step.time >= after && step.limit >= limit)
        .mapToDouble(Step::time)
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private int limit() {
    int limit = adaptive == null ? fixed : adaptive.limit();
    if (steps.isEmpty() || steps.get(steps.size() - 1).limit != limit) {
      steps.add(new Step(now, limit));
    }
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
    Connection connection = idle.pollLast();
    double roundTrip = link.at(now).roundTrip();
    if (connection == null) {
      connection = new Connection();
      connections.add(connection);
      connection.luck = luck();
      connection.until = now + 2 * roundTrip;
    } else {
      connection.until = now;
    }
    connection.phase = Phase.CONNECTING;
    connection.length = partSize;
    connection.written = 0;
    connection.drained = 0;
    connection.blocked = false;
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
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
    open.clear();
    double least = NEVER;
    for (Connection c : connections) {
      c.rate = 0;
      if (c.sends()) {
        c.able = able(c, phase);
        least = Math.min(least, c.able);
        open.add(c);
      }
    }
    double left = phase.bandwidth();
    int sharing = open.size() + phase.rivals();
    if (least < left / sharing) {
      open.sort(BY_ABILITY);
    }
    for (Connection c : open) {
      c.rate = Math.min(c.able, left / sharing);
      left -= c.rate;
      sharing--;
    }
  }

  private double able(Connection c, SimulatedLink.Phase phase) {
    double able = phase.perConnection() * c.luck;
    return link.slowStart ? Math.min(able, c.window / Math.max(1e-4, phase.roundTrip())) : able;
  }

  private double capacity(Connection c) {
    double send =
        link.slowStart ? Math.min((double) link.sendBuffer, 2 * c.window) : link.sendBuffer;
    return send + link.receiveBuffer;
  }

  private double wakeLevel(Connection c) {
    double send = capacity(c) - link.receiveBuffer;
    return link.receiveBuffer + send * 2 / 3;
  }

  private double nextEvent() {
    double next = Math.min(link.nextChange(now), nextSample);
    if (link.spread > 0) {
      next = Math.min(next, nextLuck);
    }
    if (!returning.isEmpty()) {
      next = Math.min(next, returning.peek());
    }
    for (Connection c : connections) {
      if (c.phase == Phase.IDLE) {
        continue;
      }
      if (c.phase != Phase.SENDING) {
        next = Math.min(next, c.until);
        continue;
      }
      next = Math.min(next, Math.min(c.growsAt, c.moved + link.stallTimeout));
      if (c.rate > 0) {
        double target = c.blocked ? c.queue() - wakeLevel(c) : c.length - c.drained;
        next = Math.min(next, now + Math.max(0, target) / c.rate + 1e-9);
      }
    }
    return Math.max(now, next);
  }

  private void advance(double next) {
    double span = next - now;
    for (Connection c : connections) {
      if (c.rate > 0) {
        double bytes = Math.min(c.queue(), c.rate * span);
        c.drained += bytes;
        delivered += bytes;
        c.moved = next;
      }
    }
    now = next;
    if (now >= nextSample) {
      deliveredAt.add(delivered);
      nextSample += SAMPLE;
    }
    if (link.spread > 0 && now >= nextLuck) {
      nextLuck = now + 1;
      connections.forEach(c -> c.luck = luck());
    }
  }

  private void fire() {
    double roundTrip = link.at(now).roundTrip();
    for (Connection c : connections) {
      switch (c.phase) {
        case CONNECTING -> {
          if (c.until <= now) {
            begin(c, roundTrip);
          }
        }
        case SENDING -> send(c, roundTrip);
        case REFUSED -> {
          if (c.until <= now) {
            refusals++;
            returning.add(now + 0.2 + random.nextDouble() * 0.4);
            end(c, Failure.SLOW_DOWN);
          }
        }
        case ANSWERED -> {
          if (c.until <= now) {
            end(c, null);
          }
        }
        case PAUSING -> {
          if (c.until <= now) {
            c.phase = Phase.IDLE;
            idle.add(c);
            inFlight--;
          }
        }
        case IDLE -> {}
      }
    }
  }

  private void begin(Connection c, double roundTrip) {
    long atStore =
        connections.stream()
            .filter(o -> o.phase == Phase.SENDING || o.phase == Phase.ANSWERED)
            .count();
    if (atStore >= link.storeLimit) {
      c.phase = Phase.REFUSED;
      c.until = now + roundTrip;
      return;
    }
    c.phase = Phase.SENDING;
    c.moved = now;
    c.growsAt = link.slowStart ? now + roundTrip : NEVER;
    write(c);
  }

  private void send(Connection c, double roundTrip) {
    if (c.growsAt <= now) {
      // grows while it is the window that holds it back
      boolean full = c.rate > 0 && c.rate >= 0.9 * c.window / Math.max(1e-4, roundTrip);
      c.window = full ? Math.min((double) link.sendBuffer, c.window * 2) : c.window;
      c.growsAt = now + (full ? Math.max(1e-3, roundTrip) : Math.max(0.2, 5 * roundTrip));
    }
    if (c.blocked && c.queue() <= wakeLevel(c) + 1) {
      write(c);
    }
    if (c.length - c.drained < 1) {
      c.phase = Phase.ANSWERED;
      c.until = now + roundTrip + SERVICE;
    } else if (now - c.moved >= link.stallTimeout) {
      timeouts++;
      returning.add(now + 1.0);
      end(c, Failure.TIMEOUT);
    }
  }

  /** Hands over whole slices as long as there is room; one that does not fit waits half-way. */
  private void write(Connection c) {
    double took = c.blocked ? now - c.blockedSince : 0;
    if (c.blocked) {
      c.blocked = false;
      wrote(c, took);
    }
    while (c.written < c.length) {
      long slice = Math.min(SLICE, c.length - c.written);
      c.written += slice;
      if (c.queue() > capacity(c)) {
        c.blocked = true;
        c.blockedSince = now;
        return;
      }
      wrote(c, 0);
    }
  }

  private void wrote(Connection c, double took) {
    if (adaptive != null && c.flight != null) {
      long slice = c.written % SLICE == 0 ? SLICE : c.written % SLICE;
      adaptive.wrote(c.flight, slice, Math.round(took * 1e9), nanos());
    }
  }

  private void end(Connection c, @Nullable Failure failure) {
    if (adaptive != null && c.flight != null) {
      if (failure == null) {
        adaptive.answered(c.flight, nanos());
      } else {
        adaptive.failed(c.flight, failure, nanos());
      }
    }
    if (failure == Failure.TIMEOUT) {
      c.window = INITIAL_WINDOW;
    }
    c.flight = null;
    if (link.gap > 0) {
      c.phase = Phase.PAUSING;
      c.until = now + link.gap;
    } else {
      c.phase = Phase.IDLE;
      idle.add(c);
      inFlight--;
    }
  }
}
