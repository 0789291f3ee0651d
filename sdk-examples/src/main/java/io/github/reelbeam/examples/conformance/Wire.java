package io.github.reelbeam.examples.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests to the backend and keeps what came: no redirects, and an error is an answer
 * as any other. Only a busy backend that names a time is asked again, as clients do. Safe for use
 * by several threads.
 */
final class Wire implements AutoCloseable {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final int TRIES_WHEN_BUSY = 4;
  private static final long LONGEST_WAIT_SECONDS = 60;

  private final HttpUrl base;
  private final OkHttpClient client;
  private final List<Answer> answers = new CopyOnWriteArrayList<>();

  Wire(URI base, Duration timeout) {
    HttpUrl url = HttpUrl.get(base.toString());
    String path = url.encodedPath();
    this.base = url.newBuilder().encodedPath(path.endsWith("/") ? path : path + "/").build();
    this.client =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(true)
            .callTimeout(timeout)
            .connectTimeout(timeout)
            .readTimeout(timeout)
            .build();
  }

  /** Posts a body to an endpoint of the contract. */
  Answer post(String path, String body, String what, Map<String, String> headers)
      throws NoAnswerException, InterruptedException {
    Request.Builder request = new Request.Builder().url(url(path));
    request.post(RequestBody.create(body.getBytes(UTF_8), JSON));
    request.header("Accept", "application/json");
    headers.forEach(request::header);
    String sent = "POST " + path + (what.isEmpty() ? "" : ", " + what);
    for (int attempt = 1; ; attempt++) {
      Answer answer = send(request.build(), sent, true);
      Long wait = waitSeconds(answer);
      if (wait == null || attempt == TRIES_WHEN_BUSY) {
        return answer;
      }
      Thread.sleep(Duration.ofSeconds(wait).toMillis());
    }
  }

  /** Sends what the contract does not speak of. */
  Answer stray(String method, String path, String what, Map<String, String> headers)
      throws NoAnswerException {
    Request.Builder request = new Request.Builder().url(url(path));
    request.method(method, method.equals("GET") ? null : RequestBody.create("{}", JSON));
    headers.forEach(request::header);
    return send(request.build(), method + " " + path + ", " + what, false);
  }

  // a query of the base goes with every request
  private HttpUrl url(String path) {
    String relative = path.startsWith("/") ? path.substring(1) : path;
    return base.newBuilder().encodedPath(base.encodedPath() + relative).build();
  }

  private Answer send(Request request, String sent, boolean ofContract) throws NoAnswerException {
    long began = System.nanoTime();
    try (Response response = client.newCall(request).execute()) {
      String body = response.body().string();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      Answer answer = new Answer(sent, response.code(), response.headers(), body, took, ofContract);
      answers.add(answer);
      return answer;
    } catch (IOException e) {
      throw new NoAnswerException(sent, e);
    }
  }

  private static @Nullable Long waitSeconds(Answer answer) {
    if (answer.status() != 429 && answer.status() != 503) {
      return null;
    }
    try {
      long seconds = Long.parseLong(answer.header("Retry-After").strip());
      return seconds < 0 || seconds > LONGEST_WAIT_SECONDS ? null : seconds;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Every answer so far, in the order in which they came. */
  List<Answer> answers() {
    return List.copyOf(answers);
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
