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

  /** Bytes per second of one connection; 0 if nothing is known. */
  double perConnection() {
    return nanos <= 0 ? 0 : bytes * 1e9 / nanos;
  }

  /** How many were in flight on the average. */
  double meanInFlight(long now) {
    tick(now);
    return now <= begun || !counting ? limit : inFlightNanos / (now - begun);
  }

  /** Bytes per second of all connections. */
  double total(long now) {
    return perConnection() * meanInFlight(now);
  }

  long last() {
    return last;
  }

  boolean counting() {
    return counting;
  }

  long span(long now) {
    return counting ? now - begun : 0;
  }

  /** Different requests that are in it. */
  int flights() {
    return flights;
  }

  int done() {
    return done;
  }

  /** Observed time of all requests together. */
  double nanos() {
    return nanos;
  }
}
