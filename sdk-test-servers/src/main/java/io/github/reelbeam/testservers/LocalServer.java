package io.github.reelbeam.testservers;

import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** One servlet behind one port of 127.0.0.1, set up the way S3Proxy sets up its own server. */
final class LocalServer implements AutoCloseable {

  private static final int MAX_THREADS = 100;

  private final Server server;
  private final URI uri;

  private LocalServer(Server server, URI uri) {
    this.server = server;
    this.uri = uri;
  }

  static LocalServer start(HttpServlet servlet, int port, @Nullable SSLContext tls)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("embedded-s3");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = connector(server, tls);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(servlet), "/*");
    server.setHandler(context);
    // The clients are gone by the time a test stops its server; waiting for idle ones costs 2 s.
    server.setStopTimeout(0);
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("could not start on port " + port, e);
    }
    String scheme = tls == null ? "http" : "https";
    return new LocalServer(server, URI.create(scheme + "://127.0.0.1:" + connector.getLocalPort()));
  }

  private static ServerConnector connector(Server server, @Nullable SSLContext tls) {
    HttpConfiguration http = new HttpConfiguration();
    // Keys may hold what Jetty calls ambiguous in a path, such as an escaped slash.
    http.setHttpCompliance(HttpCompliance.LEGACY);
    http.setUriCompliance(UriCompliance.LEGACY);
    http.setHeaderCacheCaseSensitive(true);
    if (tls == null) {
      return new ServerConnector(server, new HttpConnectionFactory(http));
    }
    // The certificate is for an address, and clients send no SNI for those.
    SecureRequestCustomizer secure = new SecureRequestCustomizer();
    secure.setSniHostCheck(false);
    http.addCustomizer(secure);
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(tls);
    return new ServerConnector(server, factory, new HttpConnectionFactory(http));
  }

  URI uri() {
    return uri;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("could not stop " + uri, e);
    }
  }
}
