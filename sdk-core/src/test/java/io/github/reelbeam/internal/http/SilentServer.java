package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** Takes connections and never says anything. */
public final class SilentServer implements AutoCloseable {
  private final ServerSocket socket;

  public SilentServer() throws IOException {
    this.socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
  }

  /** Returns when a request has begun to arrive. */
  public Socket awaitRequest() throws IOException {
    Socket connection = socket.accept();
    if (connection.getInputStream().read() < 0) {
      throw new IOException("the client hung up");
    }
    return connection;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
