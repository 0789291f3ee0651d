package io.github.reelbeam.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A port of 127.0.0.1 that refuses connections for a while and takes them again later. */
final class ReopenablePort {

  private static final int MOST_TRIES = 100;
  private static final Duration REBIND_AFTER = Duration.ofMillis(10);
  private static final Duration LONGEST_WAKING = Duration.ofSeconds(10);

  /** The numbers of this process's ports, also of those that are shut: nobody else gets them. */
  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  /** As much as the system sees fit to take before anybody reads it. */
  static final int ANY_BUFFER = 0;

  private final Executor threads;
  private final Function<Socket, Runnable> arrivals;
  private final int receiveBuffer;
  private final int number;
  private @Nullable ServerSocket listener;
  private CountDownLatch accepting = new CountDownLatch(0);

  /**
   * Opens the port.
   *
   * @param receiveBuffer how many bytes of a connection wait here to be read
   * @param arrivals takes a connection, and returns what ends it
   */
  ReopenablePort(Executor threads, int receiveBuffer, Function<Socket, Runnable> arrivals)
      throws IOException {
    this.receiveBuffer = receiveBuffer;
    this.threads = threads;
    this.arrivals = arrivals;
    this.number = listenSomewhere();
  }

  int number() {
    return number;
  }

  /** Refuses connections from now on; those that are there stay. */
  synchronized void shut() {
    ServerSocket open = listener;
    listener = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      awaitQuiet();
    }
  }

  /** Shuts for good. */
  void close() {
    shut();
    TAKEN.remove(number);
  }

  /**
   * The kernel takes connections for a closed socket until the thread that waits for them wakes.
   */
  private void awaitQuiet() {
    try {
      if (!accepting.await(LONGEST_WAKING.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("port " + number + " does not close");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes connections again, at the same number. */
  synchronized void open() {
    for (int tries = 1; listener == null; tries++) {
      try {
        listen(number);
      } catch (BindException e) {
        // the socket that was closed is let go of only once its accept() has returned
        if (tries == MOST_TRIES) {
          throw new UncheckedIOException(e);
        }
        LockSupport.parkNanos(REBIND_AFTER.toNanos());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Takes a port that the kernel hands to nobody else, so that it is still free after a while
   * offline: the kernel's own are from 32768 on Linux, from 49152 elsewhere.
   */
  private int listenSomewhere() throws IOException {
    for (int tries = 1; ; tries++) {
      int wanted = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try {
        if (TAKEN.add(wanted)) {
          return listen(wanted);
        }
      } catch (BindException e) {
        TAKEN.remove(wanted);
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  private int listen(int wanted) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    if (receiveBuffer != ANY_BUFFER) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    try {
      socket.bind(Loopback.port(wanted), 0);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    listener = socket;
    CountDownLatch running = new CountDownLatch(1);
    accepting = running;
    threads.execute(
        () -> {
          try {
            accept(socket);
          } finally {
            running.countDown();
          }
        });
    return socket.getLocalPort();
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      Socket client;
      try {
        client = socket.accept();
      } catch (IOException e) {
        // Closed by shut().
        return;
      }
      Runnable end = arrivals.apply(client);
      if (socket.isClosed()) {
        // It came too late for those who end all connections once the port is shut.
        end.run();
      }
    }
  }
}
