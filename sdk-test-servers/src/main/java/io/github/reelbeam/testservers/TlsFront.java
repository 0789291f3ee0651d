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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Speaks TLS in front of an http server, which may be a {@link FaultProxy}, and shows a certificate
 * that can be changed for one with a flaw, and back, at the same address.
 *
 * <p>Safe for use by several threads.
 */
public final class TlsFront implements AutoCloseable {

  private final LocalCertificate certificate;
  private final InetSocketAddress upstream;
  private final ExecutorService threads;
  private final List<LinkConnection> connections = new CopyOnWriteArrayList<>();
  private final ReopenablePort port;
  private volatile SSLContext shown;

  private TlsFront(URI upstream, LocalCertificate certificate) throws IOException {
    this.certificate = certificate;
    this.shown = certificate.serverContext();
    this.upstream = Loopback.port(upstream.getPort());
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "tls-front");
              thread.setDaemon(true);
              return thread;
            });
    this.port = new ReopenablePort(threads, ReopenablePort.ANY_BUFFER, this::accept);
  }

  /** Starts with a certificate that is right. */
  public static TlsFront start(URI httpServer) {
    return start(httpServer, new LocalCertificate());
  }

  /** The same for another server: who trusts this one trusts that one too. */
  public TlsFront startBeside(URI httpServer) {
    return start(httpServer, certificate);
  }

  private static TlsFront start(URI httpServer, LocalCertificate certificate) {
    try {
      return new TlsFront(httpServer, certificate);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Runnable accept(Socket client) {
    LinkConnection connection =
        new LinkConnection(
            overTls(client),
            upstream,
            LinkFault.none(),
            Duration.ZERO,
            List.of(),
            List.of(),
            threads);
    connections.add(connection);
    threads.execute(connection);
    return connection::reset;
  }

  private Socket overTls(Socket client) {
    SSLSocketFactory factory = shown.getSocketFactory();
    try {
      SSLSocket secure =
          (SSLSocket) factory.createSocket(client, Loopback.HOST, client.getPort(), true);
      secure.setUseClientMode(false);
      return secure;
    } catch (IOException e) {
      // The client has gone already; what reads from it will see that too.
      return client;
    }
  }

  /** Shows a certificate with a flaw on new connections, and ends those that are there. */
  public void show(CertificateFlaw flaw) {
    shown = certificate.serverContext(flaw);
    connections.forEach(LinkConnection::reset);
  }

  /** {@code https://127.0.0.1:port}. */
  public URI uri() {
    return URI.create("https://" + Loopback.HOST + ":" + port.number());
  }

  /** How many connections there were, also those whose handshake failed. */
  public int connections() {
    return connections.size();
  }

  /** What clients have said after the handshake, in all. */
  public long bytesReceived() {
    return connections.stream().mapToLong(LinkConnection::bytesUp).sum();
  }

  /** For clients that trust the authority of this server and no other. */
  public SSLContext clientSslContext() {
    return certificate.clientContext();
  }

  /** What {@link #clientSslContext()} trusts. */
  public X509TrustManager trustManager() {
    return certificate.trustManager();
  }

  /** Resets all connections. */
  @Override
  public void close() {
    port.close();
    connections.forEach(LinkConnection::reset);
    threads.shutdownNow();
  }
}
