package io.github.reelbeam.internal.transfer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Clients that no run has at the moment, for the next runs. Safe for use by many threads. */
final class ClientPool implements AutoCloseable {
  static final int MAX_IDLE = 16;

  private final Function<PooledClient.Shape, PooledClient> maker;
  // the one that was used last comes first
  private final Deque<PooledClient> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param maker makes one that serves no run yet
   */
  ClientPool(Function<PooledClient.Shape, PooledClient> maker) {
    this.maker = maker;
  }

  /** Returns a client for that run alone, until it gives it back or closes it. */
  PooledClient take(PooledClient.Shape shape, RunParticulars run) {
    PooledClient idling = idling(shape);
    PooledClient client = idling == null ? maker.apply(shape) : idling;
    client.serve(run);
    return client;
  }

  private synchronized @Nullable PooledClient idling(PooledClient.Shape shape) {
    for (Iterator<PooledClient> all = idle.iterator(); all.hasNext(); ) {
      PooledClient client = all.next();
      if (client.shape().equals(shape)) {
        all.remove();
        return client;
      }
    }
    return null;
  }

  /**
   * Takes a client back. Nothing may be under way on it any more, nor to come: whatever its run
   * still did would be done in the name of the next. A client of which that is not known is to be
   * closed instead.
   */
  void giveBack(PooledClient client) {
    client.serve(null);
    PooledClient tooMany = kept(client);
    if (tooMany != null) {
      tooMany.close();
    }
  }

  /** Returns the one that has to go for it, which may be itself. */
  private synchronized @Nullable PooledClient kept(PooledClient client) {
    if (closed) {
      return client;
    }
    idle.addFirst(client);
    return idle.size() > MAX_IDLE ? idle.removeLast() : null;
  }

  /** Closes those that are idle; the others are closed when they are given back. */
  @Override
  public void close() {
    Deque<PooledClient> left;
    synchronized (this) {
      closed = true;
      left = new ArrayDeque<>(idle);
      idle.clear();
    }
    left.forEach(PooledClient::close);
  }
}
