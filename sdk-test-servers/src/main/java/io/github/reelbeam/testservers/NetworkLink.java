package io.github.reelbeam.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * The network between a client and a server, with its delays, its limits and its failures. It
 * carries bytes and does not know what they mean, so that it works for TLS as well; {@link
 * FaultProxy} is for what goes wrong with requests.
 *
 * <p>Safe for use by several threads.
 */
public final class NetworkLink implements AutoCloseable {

  /**
   * Small and fixed: what a client has sent and nobody has read is to stay with the client, as it
   * does on a network, and not to vanish in megabytes of buffers of this machine.
   */
  private static final int RECEIVE_BUFFER = 128 << 10;

  /**
   * What one connection has carried.
   *
   * @param bytesUp what was taken from the client
   * @param bytesDown what was taken from the server
   */
  public record Traffic(long bytesUp, long bytesDown) {}

  private final URI upstream;
  private final InetSocketAddress address;
  private final Duration latency;
  private final long perConnection;
  private final Bandwidth up;
  private final Bandwidth down;
  private final IntFunction<LinkFault> faults;
  private final ExecutorService threads;
  private final List<LinkConnection> connections = new CopyOnWriteArrayList<>();
  private final ReopenablePort port;

  private NetworkLink(Builder builder) throws IOException {
    this.upstream = builder.upstream;
    this.address = Loopback.port(upstream.getPort());
    this.latency = builder.latency;
    this.perConnection = builder.perConnection;
    this.up = new Bandwidth(builder.altogether);
    this.down = new Bandwidth(builder.altogether);
    this.faults = builder.faults;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "network-link");
              thread.setDaemon(true);
              return thread;
            });
    this.port = new ReopenablePort(threads, RECEIVE_BUFFER, this::accept);
  }

  /** A link to a server on 127.0.0.1 with the defaults of {@link Builder}. */
  public static NetworkLink to(URI server) {
    return builder(server).start();
  }

  /**
   * Starts with the defaults that each setter names.
   *
   * @param server an address on 127.0.0.1 with a port
   */
  public static Builder builder(URI server) {
    return new Builder(server);
  }

  private synchronized Runnable accept(Socket client) {
    LinkConnection connection =
        new LinkConnection(
            client,
            address,
            faults.apply(connections.size() + 1),
            latency,
            List.of(new Bandwidth(perConnection), up),
            List.of(new Bandwidth(perConnection), down),
            threads);
    connections.add(connection);
    threads.execute(connection);
    return connection::reset;
  }

  /** The near end of the link: the server's scheme, with another port. */
  public URI uri() {
    return URI.create(upstream.getScheme() + "://" + Loopback.HOST + ":" + port.number());
  }

  /** How many connections there were, refused ones too. */
  public int connections() {
    return connections.size();
  }

  /** What each of the connections has carried so far, in the order in which they came. */
  public List<Traffic> traffic() {
    return connections.stream().map(c -> new Traffic(c.bytesUp(), c.bytesDown())).toList();
  }

  /** What all connections together have taken from their clients. */
  public long bytesUp() {
    return connections.stream().mapToLong(LinkConnection::bytesUp).sum();
  }

  /** What all connections together have taken from the server. */
  public long bytesDown() {
    return connections.stream().mapToLong(LinkConnection::bytesDown).sum();
  }

  /** Resets all connections and refuses new ones, as if the network were gone. */
  public void goOffline() {
    port.shut();
    connections.forEach(LinkConnection::reset);
  }

  /** Takes connections again, at the same address. */
  public void goOnline() {
    port.open();
  }

  /** Resets all connections. */
  @Override
  public void close() {
    goOffline();
    port.close();
    threads.shutdownNow();
  }

  /** Collects the settings of a link. Not safe for use by several threads. */
  public static final class Builder {
    private final URI upstream;
    private Duration latency = Duration.ZERO;
    private long perConnection = Bandwidth.UNLIMITED;
    private long altogether = Bandwidth.UNLIMITED;
    private IntFunction<LinkFault> faults = connection -> LinkFault.none();

    private Builder(URI upstream) {
      if (upstream.getPort() < 0) {
        throw new IllegalArgumentException("no port: " + upstream);
      }
      this.upstream = upstream;
    }

    /** How long each byte is on its way, in either direction; no time unless set. */
    public Builder latency(Duration oneWay) {
      this.latency = oneWay;
      return this;
    }

    /** What each connection carries in either direction at most; no limit unless set. */
    public Builder bytesPerSecondOfEach(long bytesPerSecond) {
      this.perConnection = bytesPerSecond;
      return this;
    }

    /** What all connections carry together in either direction; no limit unless set. */
    public Builder bytesPerSecond(long bytesPerSecond) {
      this.altogether = bytesPerSecond;
      return this;
    }

    /** Asked once for each connection, with its number from 1; nothing goes wrong unless set. */
    public Builder faults(IntFunction<LinkFault> script) {
      this.faults = script;
      return this;
    }

    /** Opens the link; it can be used when this returns. */
    public NetworkLink start() {
      try {
        return new NetworkLink(this);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
