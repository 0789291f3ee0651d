package io.github.reelbeam.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Stands between a client and an http server, counts what arrives and spoils what it is told to.
 *
 * <p>What it lets through, it lets through byte for byte. A signature therefore stays valid as long
 * as the client signs for the proxy's own address and the server does not care by which name it is
 * called; {@link EmbeddedS3} does not.
 *
 * <p>The function that picks the faults is called on the connections' threads, several at a time.
 */
public final class FaultProxy implements AutoCloseable {

  private final InetSocketAddress upstream;
  private final Function<RequestHead, Fault> script;
  private final ExecutorService threads;
  private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();
  private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();
  private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
  private final Set<CountDownLatch> waitForNext = ConcurrentHashMap.newKeySet();
  private final AtomicLong bodyBytes = new AtomicLong();
  private final ReopenablePort port;

  private FaultProxy(URI upstream, Function<RequestHead, Fault> script) throws IOException {
    if (!"http".equals(upstream.getScheme()) || upstream.getPort() < 0) {
      throw new IllegalArgumentException("not http with a port: " + upstream);
    }
    this.upstream = Loopback.port(upstream.getPort());
    this.script = script;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "fault-proxy");
              thread.setDaemon(true);
              return thread;
            });
    this.port = new ReopenablePort(threads, ReopenablePort.ANY_BUFFER, this::accept);
  }

  /**
   * Starts a proxy.
   *
   * @param upstream an http server on 127.0.0.1
   * @param script asked once per request, when its head is there
   */
  public static FaultProxy start(URI upstream, Function<RequestHead, Fault> script) {
    try {
      return new FaultProxy(upstream, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code http://127.0.0.1:port}. */
  public URI uri() {
    return URI.create("http://" + Loopback.HOST + ":" + port.number());
  }

  /** The bytes of all request bodies that arrived here, also of those that went no further. */
  public long bodyBytesReceived() {
    return bodyBytes.get();
  }

  /** The requests that are over, in the order in which they ended. */
  public List<ProxiedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Resets all connections and refuses new ones, as if the network were gone. */
  public synchronized void goOffline() {
    port.shut();
    connections.forEach(ProxyConnection::reset);
  }

  /** Listens again, on the same port. */
  public void goOnline() {
    port.open();
  }

  private Runnable accept(Socket client) {
    ProxyConnection connection = new ProxyConnection(this, client, upstream, threads);
    connections.add(connection);
    threads.execute(connection);
    return connection::reset;
  }

  /** The number of this request among those to the same target. */
  int nextAttempt(String method, String target) {
    return attempts
        .computeIfAbsent(method + " " + target, unused -> new AtomicInteger())
        .incrementAndGet();
  }

  Fault faultFor(RequestHead head) {
    return script.apply(head);
  }

  void count(int bytes) {
    bodyBytes.addAndGet(bytes);
  }

  void record(ProxiedRequest request) {
    requests.add(request);
  }

  /** Counts down once another request has ended; to be handed back, whatever comes first. */
  CountDownLatch untilNextHasPassed() {
    CountDownLatch next = new CountDownLatch(1);
    waitForNext.add(next);
    return next;
  }

  void noLongerWaits(CountDownLatch next) {
    waitForNext.remove(next);
  }

  void passed() {
    waitForNext.forEach(CountDownLatch::countDown);
  }

  void ended(ProxyConnection connection) {
    connections.remove(connection);
  }

  /** Resets all connections. */
  @Override
  public void close() {
    goOffline();
    port.close();
    threads.shutdownNow();
  }
}
