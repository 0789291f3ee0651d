package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.reelbeam.testservers.BackendCall.Operation;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What the endpoints of the wire contract have in common: limits, bearer tokens, faults, JSON. */
final class ApiEndpoints {

  /** The part that differs. */
  interface Endpoint {
    ApiAnswer answer(ApiRequest request) throws ApiRefusal;
  }

  private static final String ANONYMOUS = "anonymous";

  private final Map<String, String> subjects;
  private final Function<BackendCall, BackendFault> faults;
  private final int largestRequest;

  ApiEndpoints(
      Map<String, String> subjects, Function<BackendCall, BackendFault> faults, int largest) {
    this.subjects = Map.copyOf(subjects);
    this.faults = faults;
    this.largestRequest = largest;
  }

  void add(HttpServer server, String path, Operation operation, Endpoint endpoint) {
    AtomicInteger calls = new AtomicInteger();
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            answerOrRefuse(exchange, path, operation, calls, endpoint);
          }
        });
  }

  private void answerOrRefuse(
      HttpExchange exchange,
      String path,
      Operation operation,
      AtomicInteger calls,
      Endpoint endpoint)
      throws IOException {
    try {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        throw new ApiRefusal(404, "not_found", "no such endpoint");
      }
      String body = read(exchange);
      BackendFault fault = faults.apply(new BackendCall(operation, calls.incrementAndGet(), body));
      serve(exchange, endpoint, body, fault);
    } catch (ApiRefusal refusal) {
      send(exchange, ApiAnswer.of(refusal));
    }
  }

  private void serve(HttpExchange exchange, Endpoint endpoint, String body, BackendFault fault)
      throws IOException {
    if (fault instanceof BackendFault.Answer answer) {
      if (answer.afterEffect()) {
        answer(exchange, endpoint, body);
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      send(exchange, answer.status(), answer.body());
    } else if (fault instanceof BackendFault.HangUp hangUp) {
      if (hangUp.afterEffect()) {
        answer(exchange, endpoint, body);
      }
      // Closing an exchange that has no answer closes its connection.
    } else {
      send(exchange, answer(exchange, endpoint, body));
    }
  }

  private ApiAnswer answer(HttpExchange exchange, Endpoint endpoint, String body) {
    try {
      String subject = subject(exchange);
      return endpoint.answer(
          ApiRequest.parse(
              subject, exchange.getRequestHeaders().getFirst("Idempotency-Key"), body));
    } catch (ApiRefusal refusal) {
      return ApiAnswer.of(refusal);
    }
  }

  private String subject(HttpExchange exchange) throws ApiRefusal {
    if (subjects.isEmpty()) {
      return ANONYMOUS;
    }
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    String subject =
        header != null && header.startsWith("Bearer ")
            ? subjects.get(header.substring("Bearer ".length()))
            : null;
    if (subject == null) {
      throw new ApiRefusal(401, "unauthorized", "a bearer token is needed");
    }
    return subject;
  }

  private String read(HttpExchange exchange) throws IOException, ApiRefusal {
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new ApiRefusal(405, "method_not_allowed", "only POST is");
    }
    byte[] body = exchange.getRequestBody().readNBytes(largestRequest + 1);
    if (body.length > largestRequest) {
      throw new ApiRefusal(413, "too_large", "at most " + largestRequest + " bytes");
    }
    return new String(body, UTF_8);
  }

  private static void send(HttpExchange exchange, ApiAnswer answer) throws IOException {
    send(exchange, answer.status(), answer.body().toString());
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
