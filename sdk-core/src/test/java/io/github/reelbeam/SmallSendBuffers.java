package io.github.reelbeam;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets that take in no more than 128 KiB which the network has not taken yet. */
final class SmallSendBuffers extends SocketFactory {
  private static final int BYTES = 128 << 10;

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new Socket();
    socket.setSendBufferSize(BYTES);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("OkHttp connects by itself");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("OkHttp connects by itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("OkHttp connects by itself");
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("OkHttp connects by itself");
  }
}
