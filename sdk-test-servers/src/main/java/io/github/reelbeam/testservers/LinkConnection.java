package io.github.reelbeam.testservers;

import io.github.reelbeam.testservers.LinkFault.Direction;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection through a {@link NetworkLink}. */
final class LinkConnection implements Runnable {

  private final Socket client;
  private final Socket server = new Socket();
  private final InetSocketAddress upstream;
  private final LinkFault fault;
  private final ExecutorService threads;
  private final LinkDirection up;
  private final LinkDirection down;
  private final List<DelayLine> lines;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger directionsLeft = new AtomicInteger(2);
  private volatile boolean ending;

  LinkConnection(
      Socket client,
      InetSocketAddress upstream,
      LinkFault fault,
      Duration latency,
      List<Bandwidth> upLimits,
      List<Bandwidth> downLimits,
      ExecutorService threads) {
    this.client = client;
    this.upstream = upstream;
    this.fault = fault;
    this.threads = threads;
    DelayLine upLine = new DelayLine(this, latency);
    DelayLine downLine = new DelayLine(this, latency);
    this.lines = List.of(upLine, downLine);
    this.up = new LinkDirection(this, Direction.UP, client, server, upLimits, upLine);
    this.down = new LinkDirection(this, Direction.DOWN, server, client, downLimits, downLine);
  }

  @Override
  public void run() {
    run(new byte[0]);
  }

  /**
   * Begins to carry.
   *
   * @param first what the server gets before all that the client says
   */
  void run(byte[] first) {
    if (fault instanceof LinkFault.Refuse) {
      reset();
      return;
    }
    if (fault instanceof LinkFault.Silence) {
      return;
    }
    try {
      server.connect(upstream);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      server.getOutputStream().write(first);
      up.open();
      down.open();
    } catch (IOException e) {
      // Nobody is there, and the client is told.
      reset();
      return;
    }
    lines.forEach(line -> line.start(threads));
    threads.execute(up);
    threads.execute(down);
  }

  long bytesUp() {
    return up.carried();
  }

  long bytesDown() {
    return down.carried();
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** After how many bytes of a direction the fault strikes, if it does. */
  OptionalLong endOf(Direction direction) {
    if (fault instanceof LinkFault.ResetAfter reset && reset.direction() == direction) {
      return OptionalLong.of(reset.bytes());
    }
    if (fault instanceof LinkFault.StallAfter stall && stall.direction() == direction) {
      return OptionalLong.of(stall.bytes());
    }
    return fault instanceof LinkFault.EndAfter end && end.direction() == direction
        ? OptionalLong.of(end.bytes())
        : OptionalLong.empty();
  }

  /** Returns whether what comes after that is to be read, though it goes nowhere. */
  boolean strike() throws IOException {
    if (fault instanceof LinkFault.EndAfter) {
      ending = true;
      // Closing would reset a side that has sent what was not read.
      server.shutdownOutput();
      client.shutdownOutput();
      return true;
    }
    if (fault instanceof LinkFault.ResetAfter) {
      reset();
    }
    return false;
  }

  void write(OutputStream out, byte[] bytes, int length) throws IOException {
    if (!ending) {
      out.write(bytes, 0, length);
    }
  }

  /** One side has said all it had to say. */
  void ended(Socket to) throws IOException {
    if (!ending) {
      to.shutdownOutput();
    }
    if (directionsLeft.decrementAndGet() == 0) {
      close();
    }
  }

  /** Ends both sides in a way that they see as an error. */
  void reset() {
    for (Socket each : List.of(client, server)) {
      try {
        each.setSoLinger(true, 0);
      } catch (IOException e) {
        // It is closed already.
      }
    }
    close();
  }

  private void close() {
    for (Socket each : List.of(client, server)) {
      try {
        each.close();
      } catch (IOException e) {
        // It is gone either way.
      }
    }
    closed.countDown();
    lines.forEach(DelayLine::wake);
  }

  /** Waits, unless the connection is closed before. */
  void pause(long nanos) throws IOException {
    try {
      if (closed.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new IOException("closed while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
