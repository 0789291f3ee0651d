package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.testservers.JavaProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code reelbeam backend} as a process of its own on a bucket of the real store. It can be killed
 * or stopped and started again, with the same database and on the same port. Its users are {@code
 * ada} and {@code bob}.
 */
final class ExampleBackend implements AutoCloseable {
  static final String ADA = "token-of-ada";
  static final String BOB = "token-of-bob";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String LISTENING = "listening on ";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final RealStore store;
  private final String bucket;
  private final List<String> more;
  private @Nullable URI uri;
  private @Nullable JavaProgram program;

  private ExampleBackend(Path folder, RealStore store, String bucket, List<String> more) {
    this.folder = folder;
    this.store = store;
    this.bucket = bucket;
    this.more = more;
  }

  /**
   * Starts one on a port that is free, with the role of the environment.
   *
   * @param folder for the database, the secret and the output
   * @param more arguments, after those that it needs
   */
  static ExampleBackend start(Path folder, RealStore store, String bucket, String... more)
      throws IOException {
    Files.createDirectories(folder);
    ExampleBackend backend = new ExampleBackend(folder, store, bucket, List.of(more));
    backend.start();
    return backend;
  }

  /** Starts it again, on the port that it had; returns once it answers. */
  void start() throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("backend", "--bucket", bucket, "--region", store.region()));
    arguments.addAll(List.of("--s3-endpoint", store.s3Endpoint().toString()));
    arguments.addAll(List.of("--sts-endpoint", store.stsEndpoint().toString()));
    arguments.addAll(store.pathStyle() ? List.of("--path-style") : List.of());
    arguments.addAll(List.of("--role-arn", store.roleArn()));
    arguments.addAll(List.of("--user", "ada=" + ADA, "--user", "bob=" + BOB));
    arguments.addAll(List.of("--database", database().toString()));
    arguments.addAll(List.of("--port", uri == null ? "0" : Integer.toString(uri.getPort())));
    arguments.addAll(more);
    JavaProgram started =
        ReelbeamJar.start(
            folder,
            Map.of(
                "AWS_ACCESS_KEY_ID", store.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", store.secretAccessKey()),
            arguments);
    awaitListening(started);
  }

  /**
   * Starts it again as one that halts at a point, as {@link HaltingBackend} has them; returns once
   * it answers.
   */
  void startHaltingAt(String point, Duration sessions) throws IOException {
    awaitListening(
        JavaProgram.start(
            folder,
            HaltingBackend.class,
            ReelbeamJar.jvmOptions(folder),
            List.of(
                point,
                bucket,
                database().toString(),
                Integer.toString(uri().getPort()),
                sessions.toString()),
            Map.of()));
  }

  private void awaitListening(JavaProgram started) {
    program = started;
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .failFast(
            "the backend has ended",
            () -> assertThat(started.isRunning()).as(started::toString).isTrue())
        .until(() -> listening(started).isPresent());
    uri = listening(started).orElseThrow();
  }

  private static Optional<URI> listening(JavaProgram started) {
    return started
        .stdout()
        .lines()
        .filter(line -> line.startsWith(LISTENING) && line.endsWith("/"))
        .map(line -> URI.create(line.substring(LISTENING.length())))
        .findFirst();
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    program().kill();
    program().awaitExit(PATIENCE);
  }

  /** SIGTERM; returns the exit code. */
  int stop() throws InterruptedException {
    program().terminate();
    return program().awaitExit(PATIENCE);
  }

  URI uri() {
    if (uri == null) {
      throw new IllegalStateException("never started");
    }
    return uri;
  }

  /** The process of the last start. */
  JavaProgram program() {
    if (program == null) {
      throw new IllegalStateException("never started");
    }
    return program;
  }

  Path database() {
    return folder.resolve("assets.db");
  }

  /** Forgets all assets; only while it does not run. */
  void deleteDatabase() throws IOException {
    for (String file : List.of("assets.db", "assets.db-wal", "assets.db-shm")) {
      Files.deleteIfExists(folder.resolve(file));
    }
  }

  /** A user's assets, the newest first. */
  JsonNode assets(String token) throws IOException, InterruptedException {
    return JSON.readTree(get("api/v1/assets", token).body()).path("assets");
  }

  HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
    return http.send(request(path, token).build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String token, String json)
      throws IOException, InterruptedException {
    return http.send(
        request(path, token).POST(HttpRequest.BodyPublishers.ofString(json)).build(),
        BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(uri().resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  /** Uploads a file with the {@code upload} command, as yet another process. */
  JavaProgram upload(Path file, String token, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("upload", file.toString(), "--json"));
    arguments.addAll(List.of("--backend", uri().toString()));
    arguments.addAll(List.of("--state", folder.resolve("uploads").toString()));
    arguments.addAll(List.of(more));
    return ReelbeamJar.start(folder, Map.of("REELBEAM_TOKEN", token), arguments);
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    if (program != null) {
      program.close();
    }
  }

  @Override
  public String toString() {
    return String.valueOf(program);
  }
}
