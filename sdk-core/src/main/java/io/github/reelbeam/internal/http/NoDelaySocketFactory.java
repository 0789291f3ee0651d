package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets of another factory with TCP_NODELAY, which OkHttp leaves off.
 *
 * <p>Without it the last, short piece of a body waits until the server has acknowledged the one
 * before, and servers delay that by up to 40 ms.
 */
final class NoDelaySocketFactory extends SocketFactory {
  private final SocketFactory sockets;

  NoDelaySocketFactory(SocketFactory sockets) {
    this.sockets = sockets;
  }

  /** The one that OkHttp calls. */
  @Override
  public Socket createSocket() throws IOException {
    return noDelay(sockets.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return noDelay(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
      throws IOException {
    return noDelay(sockets.createSocket(host, port, localHost, localPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return noDelay(sockets.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return noDelay(sockets.createSocket(address, port, localAddress, localPort));
  }

  private static Socket noDelay(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }
}
