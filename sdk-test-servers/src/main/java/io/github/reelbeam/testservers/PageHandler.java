package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * The page at {@code /}, and what it shows: once as JSON at {@code /live}, and as server-sent
 * events at {@code /events}, one whenever something moves.
 */
final class PageHandler implements HttpHandler {

  /** Also how long it takes to find out that a browser has gone. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final Duration SHORTEST_GAP = Duration.ofMillis(100);
  private static final long NOTHING_SEEN = 0;

  private final ObjectMapper json = new ObjectMapper();
  private final LiveUploads live;
  private final AssetRegistry registry;

  PageHandler(LiveUploads live, AssetRegistry registry) {
    this.live = live;
    this.registry = registry;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/" -> send(exchange, "text/html; charset=utf-8", page());
        case "/live" -> send(exchange, "application/json", state());
        case "/events" -> follow(exchange);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static byte[] page() throws IOException {
    try (InputStream page =
        requireNonNull(PageHandler.class.getResourceAsStream("page.html"), "page.html")) {
      return page.readAllBytes();
    }
  }

  private byte[] state() {
    ObjectNode state = JsonNodeFactory.instance.objectNode();
    ArrayNode uploads = state.putArray("uploads");
    live.all().forEach(upload -> uploads.add(json.<ObjectNode>valueToTree(upload)));
    ArrayNode assets = state.putArray("assets");
    for (Asset asset : registry.assets()) {
      assets
          .addObject()
          .put("id", asset.id())
          .put("fileName", asset.fileName())
          .put("key", asset.key())
          .put("size", asset.size())
          .put("contentType", asset.contentType())
          .put("registeredAt", asset.registeredAt().toString())
          .put("url", "/assets/" + asset.id() + "/content");
    }
    return state.toString().getBytes(UTF_8);
  }

  private static void send(HttpExchange exchange, String contentType, byte[] body)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline';"
            + " connect-src 'self'; media-src 'self'; img-src data:");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  private void follow(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    long seen = NOTHING_SEEN;
    try {
      while (true) {
        long now = live.awaitChange(seen, HEARTBEAT);
        out.write(now == seen ? ":\n\n".getBytes(UTF_8) : event(state()));
        out.flush();
        seen = now;
        // A fast upload reports more often than anyone can see.
        Thread.sleep(SHORTEST_GAP.toMillis());
      }
    } catch (InterruptedException e) {
      // The backend is being closed, and the connection with it.
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] event(byte[] state) {
    return ("data: " + new String(state, UTF_8) + "\n\n").getBytes(UTF_8);
  }
}
