package io.github.reelbeam.testservers;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A client's connection to a {@link FaultProxy}, kept alive for as many requests as the client
 * likes. To the server each request goes by a connection of its own, so that a server which drops
 * idle ones spoils nothing that the script did not ask for.
 */
final class ProxyConnection implements Runnable {

  private final FaultProxy proxy;
  private final Socket client;
  private final InetSocketAddress upstream;
  private final ExecutorService threads;
  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  ProxyConnection(
      FaultProxy proxy, Socket client, InetSocketAddress upstream, ExecutorService threads) {
    this.proxy = proxy;
    this.client = client;
    this.upstream = upstream;
    this.threads = threads;
    open.add(client);
  }

  @Override
  public void run() {
    try {
      client.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(client.getInputStream());
      boolean more = true;
      while (more) {
        Optional<HttpHead> head = HttpHead.read(in);
        more = head.isPresent() && serve(head.get(), in);
      }
    } catch (IOException e) {
      // The client has gone, or was sent away.
    } finally {
      close();
      proxy.ended(this);
    }
  }

  private boolean serve(HttpHead raw, InputStream in) throws IOException {
    String method = raw.word(0);
    String target = raw.word(1);
    RequestHead head =
        new RequestHead(method, target, raw.headers(), proxy.nextAttempt(method, target));
    ProxyExchange exchange = new ProxyExchange(proxy, this, head, in);
    try {
      return exchange.run(raw, proxy.faultFor(head), threads) && !head.isLast();
    } finally {
      exchange.record();
      proxy.passed();
    }
  }

  Socket connectToServer() throws IOException {
    Socket server = new Socket();
    open.add(server);
    server.connect(upstream);
    server.setTcpNoDelay(true);
    if (closed.getCount() == 0) {
      server.close();
    }
    return server;
  }

  void disconnect(Socket server) throws IOException {
    open.remove(server);
    server.close();
  }

  OutputStream toClient() throws IOException {
    return client.getOutputStream();
  }

  /** Lets the client read to the end what it was sent, but takes nothing from it any more. */
  void endInPeace() throws IOException {
    client.shutdownOutput();
    client.shutdownInput();
  }

  /** Ends the connection in a way that the client sees as an error. */
  void reset() {
    try {
      client.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    close();
  }

  private void close() {
    // The client first: what a server says to a request that ends early is not meant for it.
    close(client);
    closed.countDown();
    open.forEach(ProxyConnection::close);
  }

  private static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** Waits, unless the connection is closed before. */
  void pause(Duration time) throws IOException {
    try {
      if (closed.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("closed while waiting");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Waits until another request has ended, and returns whether one has. */
  boolean hold(Duration atMost) throws IOException {
    CountDownLatch next = proxy.untilNextHasPassed();
    Closeable release = next::countDown;
    open.add(release);
    boolean overtaken = false;
    try {
      overtaken = closed.getCount() > 0 && next.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      open.remove(release);
      proxy.noLongerWaits(next);
    }
    if (closed.getCount() == 0) {
      throw new IOException("closed while waiting");
    }
    return overtaken;
  }
}
