package io.github.reelbeam.examples.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Stands in front of a sound backend and breaks one thing. */
final class FaultyBackend implements AutoCloseable {
  private static final List<String> HEADERS =
      List.of("Authorization", "Idempotency-Key", "Content-Type", "Accept");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The one thing. */
  @FunctionalInterface
  interface Fault {
    Reply reply(Call call, Sound sound) throws IOException;
  }

  /** The backend behind, which is as it should be. */
  @FunctionalInterface
  interface Sound {
    Reply reply(Call call) throws IOException;
  }

  /** A request; its body may be no JSON. */
  record Call(String method, String path, Map<String, String> headers, String body) {
    boolean isGrant() {
      return path.equals("/api/v1/uploads");
    }

    boolean isRenewal() {
      return path.equals("/api/v1/uploads/renewals");
    }

    boolean isNotification() {
      return path.equals("/api/v1/video");
    }

    boolean isAs(String token) {
      return ("Bearer " + token).equals(headers.get("Authorization"));
    }

    Call as(String token) {
      Map<String, String> changed = new HashMap<>(headers);
      changed.put("Authorization", "Bearer " + token);
      return new Call(method, path, changed, body);
    }

    ObjectNode json() {
      return object(body);
    }

    Call with(Consumer<ObjectNode> change) {
      ObjectNode changed = json();
      change.accept(changed);
      return new Call(method, path, headers, changed.toString());
    }
  }

  /** An answer. */
  record Reply(int status, Map<String, String> headers, String body) {
    static Reply of(int status, String json) {
      return new Reply(status, Map.of("Content-Type", "application/json"), json);
    }

    static Reply refusal(int status, String code) {
      return of(status, "{\"code\":\"" + code + "\",\"message\":\"no\"}");
    }

    static Reply html(int status) {
      return new Reply(status, Map.of("Content-Type", "text/html"), "<html><h1>Oops</h1></html>");
    }

    boolean isSuccess() {
      return status < 300;
    }

    String code() {
      return json().path("code").asText();
    }

    ObjectNode json() {
      return object(body);
    }

    Reply status(int other) {
      return new Reply(other, headers, body);
    }

    Reply header(String name, String value) {
      Map<String, String> changed = new HashMap<>(headers);
      changed.put(name, value);
      return new Reply(status, changed, body);
    }

    Reply with(Consumer<ObjectNode> change) {
      ObjectNode changed = json();
      change.accept(changed);
      return new Reply(status, headers, changed.toString());
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI sound;
  private final Fault fault;

  FaultyBackend(URI sound, Fault fault) throws IOException {
    this.sound = sound;
    this.fault = fault;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      for (String name : HEADERS) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
          headers.put(name, value);
        }
      }
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String path = exchange.getRequestURI().getPath();
      Reply reply =
          fault.reply(new Call(exchange.getRequestMethod(), path, headers, body), this::forward);
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] answer = reply.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private Reply forward(Call call) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(sound.resolve(call.path()))
            .method(call.method(), BodyPublishers.ofString(call.body()));
    call.headers().forEach(request::header);
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      Map<String, String> headers = new HashMap<>();
      for (String name : List.of("Content-Type", "Cache-Control", "Retry-After")) {
        answer.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
      }
      return new Reply(answer.statusCode(), headers, answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private static ObjectNode object(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node instanceof ObjectNode object ? object : JSON.createObjectNode();
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
