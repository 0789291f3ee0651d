package io.github.reelbeam.testservers;

import io.github.reelbeam.testservers.LinkFault.Direction;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** Carries the bytes of a {@link LinkConnection} in one of its directions. */
final class LinkDirection implements Runnable {

  private static final int BUFFER = 64 << 10;

  private final LinkConnection connection;
  private final Direction direction;
  private final Socket from;
  private final Socket to;
  private final List<Bandwidth> limits;
  private final DelayLine line;
  private final AtomicLong carried = new AtomicLong();
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();

  LinkDirection(
      LinkConnection connection,
      Direction direction,
      Socket from,
      Socket to,
      List<Bandwidth> limits,
      DelayLine line) {
    this.connection = connection;
    this.direction = direction;
    this.from = from;
    this.to = to;
    this.limits = limits;
    this.line = line;
  }

  /** The bytes that were read from the side that sends. */
  long carried() {
    return carried.get();
  }

  @Override
  public void run() {
    try {
      carry();
    } catch (IOException e) {
      // One side has gone without a goodbye, and so the other is told.
      connection.reset();
    }
  }

  /** Before either direction is carried: one may end the connection before the other has begun. */
  void open() throws IOException {
    in = from.getInputStream();
    out = to.getOutputStream();
  }

  private void carry() throws IOException {
    OptionalLong limit = connection.endOf(direction);
    while (limit.isEmpty() || carried() < limit.getAsLong()) {
      byte[] buffer = new byte[piece(limit)];
      int read = in.read(buffer);
      if (read < 0) {
        line.carry(() -> connection.ended(to));
        return;
      }
      carried.addAndGet(read);
      keepToLimits(read);
      line.carry(() -> connection.write(out, buffer, read));
    }
    line.carry(
        () -> {
          if (connection.strike()) {
            in.transferTo(OutputStream.nullOutputStream());
            connection.ended(to);
          }
        });
  }

  private int piece(OptionalLong limit) {
    int piece = (int) Math.min(BUFFER, limit.orElse(Long.MAX_VALUE) - carried());
    for (Bandwidth each : limits) {
      piece = each.piece(piece);
    }
    return piece;
  }

  private void keepToLimits(int bytes) throws IOException {
    long wait = 0;
    for (Bandwidth each : limits) {
      wait = Math.max(wait, each.reserve(bytes));
    }
    if (wait > 0) {
      connection.pause(wait);
    }
  }
}
