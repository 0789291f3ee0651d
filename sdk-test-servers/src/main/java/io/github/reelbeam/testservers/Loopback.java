package io.github.reelbeam.testservers;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The one address that anything here listens on, whatever {@code localhost} resolves to. */
final class Loopback {

  static final String HOST = "127.0.0.1";

  private Loopback() {}

  static InetSocketAddress port(int number) {
    try {
      return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), number);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
