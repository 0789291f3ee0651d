package io.github.reelbeam.examples.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.reelbeam.backend.ApiResponse;
import io.github.reelbeam.backend.RequestRefusedException;
import io.github.reelbeam.backend.UploadHandlers;
import io.github.reelbeam.examples.backend.Routes.Route;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backend behind a port, on the JDK's own HTTP server: takes requests within limits, finds out
 * whose they are, hands them to their {@link Routes}, answers and logs. It speaks plain HTTP; a
 * proxy in front of it brings TLS.
 */
public final class BackendServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BackendServer.class);

  private static final int THREADS = 32;
  private static final int WAITING_REQUESTS = 256;

  static {
    // The JDK reads these once, when the first server of the process starts. Times are in seconds.
    Map.of(
            // without it each small answer waits 40 ms for an acknowledgement
            "sun.net.httpserver.nodelay", "true",
            // clients that send or read byte by byte are cut off; an answer includes STS's time
            "sun.net.httpserver.maxReqTime", "20",
            "sun.net.httpserver.maxRspTime", "60",
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "jdk.httpserver.maxConnections", "1000",
            // read and thrown away, so that the client of a body that is too large sees the answer
            "sun.net.httpserver.drainAmount", "1048576")
        .forEach(
            (name, value) -> {
              if (System.getProperty(name) == null) {
                System.setProperty(name, value);
              }
            });
  }

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Routes routes;
  private final Users users;
  private final AccessLog accessLog;
  private final InFlight inFlight = new InFlight();

  private BackendServer(HttpServer server, Routes routes, Users users, AccessLog accessLog) {
    this.server = server;
    this.routes = routes;
    this.users = users;
    this.accessLog = accessLog;
    this.threads = threads();
    server.setExecutor(threads);
    server.createContext("/", this::serve);
  }

  /** Starts to listen; port 0 is one that is free. */
  public static BackendServer start(
      InetSocketAddress address, Routes routes, Users users, AccessLog accessLog)
      throws IOException {
    BackendServer backend = new BackendServer(listen(address), routes, users, accessLog);
    backend.server.start();
    return backend;
  }

  private static HttpServer listen(InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("cannot listen on " + address.getHostString() + ": no such address");
    }
    try {
      return HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  // a connection that finds all of them taken and the queue full is closed by the JDK
  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_REQUESTS));
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /** The base of the wire contract, and the page. */
  public URI uri() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
  }

  private void serve(HttpExchange exchange) {
    Instant time = Instant.now();
    long start = System.nanoTime();
    String requestId = UUID.randomUUID().toString();
    Optional<String> user =
        users.authenticate(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean inTime = inFlight.enter();
    int status = 0;
    long bytes = 0;
    try (exchange) {
      // clients show it in their errors, and here it leads to the line in the log
      exchange.getResponseHeaders().set("X-Request-Id", requestId);
      ApiResponse answer = inTime ? answer(exchange, user) : stopping();
      bytes = send(exchange, answer);
      status = answer.status();
    } catch (IOException e) {
      LOG.debug("the client of request {} has gone", requestId, e);
    } finally {
      accessLog.write(
          new AccessLog.Entry(
              time,
              requestId,
              exchange.getRequestMethod(),
              exchange.getRequestURI().getRawPath(),
              status,
              bytes,
              TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
              user.orElse(null),
              exchange.getRemoteAddress().getAddress().getHostAddress()));
      if (inTime) {
        inFlight.leave();
      }
    }
  }

  private ApiResponse answer(HttpExchange exchange, Optional<String> user) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Optional<Route> found = routes.find(exchange.getRequestMethod(), path);
    if (found.isEmpty()) {
      String allowed = routes.allowed(path);
      return allowed.isEmpty()
          ? ApiResponse.problem(404, "not_found", "there is nothing here")
          : Answers.with(
              ApiResponse.problem(405, "method_not_allowed", "this takes " + allowed),
              "Allow",
              allowed);
    }
    Route route = found.get();
    if (!route.open() && user.isEmpty()) {
      return Answers.with(
          ApiResponse.problem(401, "unauthorized", "a valid bearer token is needed"),
          "WWW-Authenticate",
          "Bearer realm=\"reelbeam\"");
    }
    byte[] body = exchange.getRequestBody().readNBytes(UploadHandlers.LARGEST_REQUEST + 1);
    if (body.length > UploadHandlers.LARGEST_REQUEST) {
      return ApiResponse.problem(
          413, "too_large", "a request has at most " + UploadHandlers.LARGEST_REQUEST + " bytes");
    }
    return answer(
        route,
        new Call(
            user.orElse(""),
            route.id(path),
            exchange.getRequestURI().getRawQuery(),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            body));
  }

  private static ApiResponse answer(Route route, Call call) {
    try {
      return route.endpoint().answer(call);
    } catch (RequestRefusedException e) {
      return ApiResponse.refused(e);
    } catch (RuntimeException e) {
      LOG.error("a request failed", e);
      return ApiResponse.problem(500, "internal_error", "the backend failed");
    }
  }

  private static ApiResponse stopping() {
    return Answers.with(
        Answers.with(
            ApiResponse.problem(503, "unavailable", "the backend is being stopped"),
            "Retry-After",
            "2"),
        "Connection",
        "close");
  }

  private static long send(HttpExchange exchange, ApiResponse answer) throws IOException {
    byte[] body = answer.body().getBytes(UTF_8);
    Headers headers = exchange.getResponseHeaders();
    answer.headers().forEach(headers::set);
    headers.set("X-Content-Type-Options", "nosniff");
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return 0;
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    return body.length;
  }

  /**
   * Stops in good order: from now on requests are answered with 503, and those in flight have ten
   * seconds to end.
   */
  @Override
  public void close() {
    close(Duration.ofSeconds(10));
  }

  void close(Duration patience) {
    try {
      int left = inFlight.closeAndAwait(patience);
      if (left > 0) {
        LOG.warn("requests that did not end within {}: {}", patience, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdown();
  }
}
