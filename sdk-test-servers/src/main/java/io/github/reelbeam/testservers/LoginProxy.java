package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The HTTP proxy of a company: it wants a login (Basic) before it lets anything through, be it a
 * tunnel (CONNECT) or a plain http request. Whatever host is asked for, it goes to that port of
 * 127.0.0.1.
 *
 * <p>Safe for use by several threads.
 */
public final class LoginProxy implements AutoCloseable {

  private static final byte[] LOGIN_WANTED =
      """
      HTTP/1.1 407 Proxy Authentication Required\r
      Proxy-Authenticate: Basic realm="office"\r
      Content-Length: 0\r
      \r
      """
          .getBytes(ISO_8859_1);
  private static final byte[] TUNNEL =
      "HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1);

  private final String login;
  private final ExecutorService threads;
  private final Set<Socket> waiting = ConcurrentHashMap.newKeySet();
  private final Set<LinkConnection> connections = ConcurrentHashMap.newKeySet();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger tunnels = new AtomicInteger();
  private final AtomicInteger plainRequests = new AtomicInteger();
  private final ReopenablePort port;

  private LoginProxy(String user, String password) throws IOException {
    byte[] pair = (user + ":" + password).getBytes(ISO_8859_1);
    this.login = "Basic " + Base64.getEncoder().encodeToString(pair);
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "login-proxy");
              thread.setDaemon(true);
              return thread;
            });
    this.port = new ReopenablePort(threads, ReopenablePort.ANY_BUFFER, this::accept);
  }

  /** Starts a proxy that knows one user. */
  public static LoginProxy start(String user, String password) {
    try {
      return new LoginProxy(user, password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where clients find it, on 127.0.0.1. */
  public InetSocketAddress address() {
    return Loopback.port(port.number());
  }

  /** How many requests were answered 407. */
  public int refused() {
    return refused.get();
  }

  /** How many tunnels were opened. */
  public int tunnels() {
    return tunnels.get();
  }

  /** How many plain http requests were passed on. */
  public int plainRequests() {
    return plainRequests.get();
  }

  private Runnable accept(Socket client) {
    waiting.add(client);
    threads.execute(() -> serve(client));
    return () -> close(client);
  }

  private void serve(Socket client) {
    try {
      InputStream in = client.getInputStream();
      // unbuffered: what follows the head is for the server
      for (Optional<HttpHead> head = HttpHead.read(in);
          head.isPresent();
          head = HttpHead.read(in)) {
        if (login.equals(head.get().headers().get("proxy-authorization"))) {
          passOn(client, head.get());
          return;
        }
        refuse(client, head.get());
      }
      close(client);
    } catch (IOException e) {
      // The client has gone.
      close(client);
    }
  }

  private void refuse(Socket client, HttpHead raw) throws IOException {
    RequestHead head = new RequestHead(raw.word(0), raw.word(1), raw.headers(), 1);
    HttpBody.copy(
        client.getInputStream(), head.isChunked(), head.contentLength(), (bytes, n, content) -> {});
    refused.incrementAndGet();
    client.getOutputStream().write(LOGIN_WANTED);
  }

  private void passOn(Socket client, HttpHead head) throws IOException {
    byte[] first = new byte[0];
    URI target;
    if (head.word(0).equals("CONNECT")) {
      target = URI.create("http://" + head.word(1));
      tunnels.incrementAndGet();
      OutputStream out = client.getOutputStream();
      out.write(TUNNEL);
      out.flush();
    } else {
      target = URI.create(head.word(1));
      plainRequests.incrementAndGet();
      first = forServer(head, target).getBytes(ISO_8859_1);
    }
    LinkConnection connection =
        new LinkConnection(
            client,
            Loopback.port(target.getPort()),
            LinkFault.none(),
            Duration.ZERO,
            List.of(),
            List.of(),
            threads);
    connections.add(connection);
    connection.run(first);
  }

  /** As for the server itself, and the last one of its connection, so that the next comes here. */
  private static String forServer(HttpHead head, URI target) throws IOException {
    String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
    StringBuilder text =
        new StringBuilder(head.word(0) + " " + target.getRawPath() + query + " HTTP/1.1\r\n");
    head.text()
        .lines()
        .skip(1)
        .filter(line -> !line.isEmpty())
        .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("proxy-"))
        .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("connection:"))
        .forEach(line -> text.append(line).append("\r\n"));
    return text.append("Connection: close\r\n\r\n").toString();
  }

  private static void close(Socket client) {
    try {
      client.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  /** Ends all connections. */
  @Override
  public void close() {
    port.close();
    connections.forEach(LinkConnection::reset);
    waiting.forEach(LoginProxy::close);
    threads.shutdownNow();
  }
}
