package io.github.reelbeam.testservers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Takes what comes over plain sockets and says what the test wants it to. */
final class SocketServer implements AutoCloseable {

  /** What is said on one connection, beside the reading. */
  interface Talk {
    void say(OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private final Talk talk;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "socket-server");
            thread.setDaemon(true);
            return thread;
          });
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();
  private final AtomicLong received = new AtomicLong();

  SocketServer(Talk talk) {
    this.talk = talk;
    try {
      listener = new ServerSocket();
      listener.bind(Loopback.port(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        threads.execute(() -> read(socket));
        threads.execute(() -> talk(socket));
      } catch (IOException e) {
        // Closed.
        return;
      }
    }
  }

  private void talk(Socket socket) {
    try {
      talk.say(socket.getOutputStream());
    } catch (IOException e) {
      // The link ended the connection, as some tests want it to.
    }
  }

  private void read(Socket socket) {
    byte[] buffer = new byte[64 << 10];
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        received.addAndGet(n);
      }
      ends.incrementAndGet();
      socket.shutdownOutput();
    } catch (IOException e) {
      // Reset by the link, which is not one of the ends that count.
    }
  }

  URI uri() {
    return URI.create("http://" + Loopback.HOST + ":" + listener.getLocalPort());
  }

  int connections() {
    return connections.get();
  }

  /** The connections whose client has said all it had to say. */
  int ends() {
    return ends.get();
  }

  long received() {
    return received.get();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
