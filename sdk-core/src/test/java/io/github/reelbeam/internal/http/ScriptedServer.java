package io.github.reelbeam.internal.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on a bare socket, for misbehaviour that no HTTP server offers. Each connection plays the
 * script once.
 */
final class ScriptedServer implements AutoCloseable {
  interface Script {
    void play(Socket connection) throws Exception;
  }

  final AtomicInteger connections = new AtomicInteger();
  private final ServerSocket listener = new ServerSocket();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  ScriptedServer(Script script) throws IOException {
    listener.setReceiveBufferSize(
        16 * 1024); // small, so that a server that does not read is felt soon
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    daemon(() -> acceptAll(script));
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  private void acceptAll(Script script) throws IOException {
    while (true) {
      Socket connection = listener.accept();
      connections.incrementAndGet();
      open.add(connection);
      daemon(() -> script.play(connection));
    }
  }

  private interface Task {
    void run() throws Exception;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                // The client's side of the story is what a test looks at.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Reads up to the empty line and returns the head. */
  static String readHead(Socket connection) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = connection.getInputStream().read();
      if (b < 0) {
        throw new IOException("no more requests");
      }
      head.write(b);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads what still comes, to the end or the reset, and returns how much it was. */
  static long drain(Socket connection) {
    byte[] scratch = new byte[8192];
    long total = 0;
    try {
      for (int n; (n = connection.getInputStream().read(scratch)) >= 0; ) {
        total += n;
      }
    } catch (IOException e) {
      // a reset is an end too
    }
    return total;
  }

  static void write(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    connection.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
