package io.github.reelbeam.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.reelbeam.backend.ApiRequest;
import io.github.reelbeam.backend.ApiResponse;
import io.github.reelbeam.backend.RequestRefusedException;
import io.github.reelbeam.testservers.BackendCall.Operation;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What the endpoints of the wire contract have in common: limits, bearer tokens, faults, JSON. */
final class ApiEndpoints {

  /** The part that differs. */
  interface Endpoint {
    ApiResponse answer(ApiRequest request);
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
        throw new RequestRefusedException(404, "not_found", "no such endpoint");
      }
      byte[] body = read(exchange);
      String text = new String(body, UTF_8);
      BackendFault fault = faults.apply(new BackendCall(operation, calls.incrementAndGet(), text));
      serve(exchange, endpoint, body, fault);
    } catch (RequestRefusedException refusal) {
      send(exchange, ApiResponse.refused(refusal));
    }
  }

  private void serve(HttpExchange exchange, Endpoint endpoint, byte[] body, BackendFault fault)
      throws IOException {
    if (fault instanceof BackendFault.Answer answer) {
      if (answer.afterEffect()) {
        answer(exchange, endpoint, body);
      }
      send(exchange, new ApiResponse(answer.status(), headers(answer), answer.body()));
    } else if (fault instanceof BackendFault.HangUp hangUp) {
      if (hangUp.afterEffect()) {
        answer(exchange, endpoint, body);
      }
      // Closing an exchange that has no answer closes its connection.
    } else {
      send(exchange, answer(exchange, endpoint, body));
    }
  }

  private static Map<String, String> headers(BackendFault.Answer answer) {
    Map<String, String> headers = new HashMap<>(answer.headers());
    headers.put("Content-Type", "application/json");
    headers.put("Cache-Control", "no-store");
    return headers;
  }

  private ApiResponse answer(HttpExchange exchange, Endpoint endpoint, byte[] body) {
    try {
      String idempotencyKey = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      return endpoint.answer(new ApiRequest(subject(exchange), idempotencyKey, body));
    } catch (RequestRefusedException refusal) {
      return ApiResponse.refused(refusal);
    }
  }

  private String subject(HttpExchange exchange) {
    if (subjects.isEmpty()) {
      return ANONYMOUS;
    }
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    String subject =
        header != null && header.startsWith("Bearer ")
            ? subjects.get(header.substring("Bearer ".length()))
            : null;
    if (subject == null) {
      throw new RequestRefusedException(401, "unauthorized", "a bearer token is needed");
    }
    return subject;
  }

  private byte[] read(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      throw new RequestRefusedException(405, "method_not_allowed", "only POST is");
    }
    byte[] body = exchange.getRequestBody().readNBytes(largestRequest + 1);
    if (body.length > largestRequest) {
      throw new RequestRefusedException(413, "too_large", "at most " + largestRequest + " bytes");
    }
    return body;
  }

  private static void send(HttpExchange exchange, ApiResponse response) throws IOException {
    byte[] body = response.body().getBytes(UTF_8);
    response.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
