package io.github.reelbeam.internal.transfer;

import java.util.concurrent.TimeUnit;

/**
 * What has been seen of the link since the number of connections last changed: bytes per second of
 * a connection, from requests that are done (exact) and from those that run (as far as they can be
 * trusted, see {@link Flight}).
 */
final class LinkEvidence {
  /** Before that, a request's rate is mostly its round trips. */
  private static final long AGE = TimeUnit.MILLISECONDS.toNanos(500);

  /** A limit that is held is watched in no hurry. */
  private static final long HOLD_SPAN = TimeUnit.SECONDS.toNanos(3);

  private static final double PATIENCE = 1.25;
  private static final double BUSY = 0.7;
  private static final double EXACT = 1.05;

  private long number;
  private double before;
  private int limit;
  private boolean counting;
  private long begun;
  private long from;
  private double bytes;
  private double nanos;
  private int flights;
  private int done;
  private double inFlightNanos;
  private int inFlight;
  private long last;

  /** Forgets all, and counts from when as many are in flight as the limit says. */
  void restart(int newLimit, double rateBefore) {
    number++;
    before = rateBefore;
    limit = newLimit;
    counting = false;
    bytes = 0;
    nanos = 0;
    flights = 0;
    done = 0;
    inFlightNanos = 0;
  }

  /** So many are in flight from now on. */
  void inFlight(int count, long settle, long now, boolean orMore) {
    tick(now);
    inFlight = count;
    if (!counting && (count == limit || (orMore && count > limit))) {
      counting = true;
      begun = now;
      from = now + settle;
    }
  }

  private void tick(long now) {
    if (counting) {
      inFlightNanos += (double) inFlight * (now - Math.max(begun, last));
    }
    last = now;
  }

  /** Bytes of a request have left; what of them left before the last change is taken off. */
  void drained(Flight flight, Flight.Drained drained, long now) {
    if (!counting || now - flight.started() < AGE || drained.to() <= from) {
      return;
    }
    double span = drained.to() - drained.from();
    double amount = drained.bytes();
    if (drained.from() < from) {
      double early = from - drained.from();
      double late = drained.to() - from;
      // a short rest of a long span would be guesswork
      if (before > 0 && late < 0.3 * span) {
        return;
      }
      amount = before > 0 ? Math.max(0, amount - before * early / 1e9) : amount * late / span;
      span = late;
    }
    tell(flight, amount, span);
  }

  /** A request is done: what is known of it now is exact. */
  void answered(Flight flight, long now) {
    tick(now);
    if (!counting || flight.started() < begun - AGE / 10) {
      return;
    }
    forget(flight);
    tell(flight, (double) flight.length(), (double) Math.max(1, now - flight.started()));
    done++;
  }

  /** A request has failed: it says nothing. */
  void forget(Flight flight) {
    if (flight.evidence == number) {
      bytes -= flight.toldBytes;
      nanos -= flight.toldNanos;
      flights--;
    }
    flight.evidence = 0;
    flight.toldBytes = 0;
    flight.toldNanos = 0;
  }

  private void tell(Flight flight, double amount, double span) {
    if (flight.evidence != number) {
      flight.evidence = number;
      flight.toldBytes = 0;
      flight.toldNanos = 0;
      flights++;
    }
    flight.toldBytes += amount;
    flight.toldNanos += span;
    bytes += amount;
    nanos += span;
  }

  /** Whether it is enough to say what the link carries. */
  boolean suffices(boolean holding, long now) {
    double each = perConnection();
    if (each == 0 || (holding && span(now) < HOLD_SPAN)) {
      return false;
    }
    double seconds = nanos / limit / 1e9;
    if (each < LinkLevel.THIN) {
      return flights >= Math.min(limit, 1 + limit / 2) && seconds >= 1;
    }
    if (done >= limit && flights >= limit) {
      // the quick ones are answered first
      return span(now) > PATIENCE * nanos / flights;
    }
    return flights >= (limit + 1) / 2 && seconds >= 0.25;
  }

  /** What the link carries. */
  LinkLevel level(long now) {
    return new LinkLevel(limit, perConnection() * meanInFlight(now), perConnection(), nanos);
  }

  /** Bytes per second of one connection; 0 if nothing is known. */
  private double perConnection() {
    return nanos <= 0 ? 0 : bytes * 1e9 / nanos;
  }

  /** How many were in flight on the average. */
  double meanInFlight(long now) {
    tick(now);
    return now <= begun || !counting ? limit : inFlightNanos / (now - begun);
  }

  /** Whether there was always enough to send. */
  boolean isBusy(long now) {
    return meanInFlight(now) >= BUSY * limit;
  }

  /** Whether no more than the limit were in flight: those of a higher one have ended. */
  boolean isExact(long now) {
    return meanInFlight(now) <= EXACT * limit;
  }

  /** Whether twice as many requests are done as may be in flight. */
  boolean hasManyAnswers() {
    return done >= 2 * limit;
  }

  /** When anything was last heard of. */
  long last() {
    return last;
  }

  private long span(long now) {
    return counting ? now - begun : 0;
  }
}
