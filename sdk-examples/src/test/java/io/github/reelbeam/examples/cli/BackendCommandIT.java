package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reelbeam backend} as a process, without a store: nothing here needs one. */
class BackendCommandIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;

  @Test
  void ctrlCEndsItAtOnceAndInGoodOrder() throws Exception {
    try (ReelbeamProcess backend = start("--port", "0")) {
      assertThat(health(awaitUri(backend))).isEqualTo(200);

      backend.interrupt();

      assertThat(backend.awaitExit(Duration.ofSeconds(8))).as(backend::toString).isZero();
      assertThat(backend.stderr()).isEmpty();
      // a database that was closed has no journal beside it
      assertThat(folder.resolve("assets.db-wal")).doesNotExist();
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ReelbeamProcess backend = start("--port", Integer.toString(taken.getLocalPort()))) {
      assertThat(backend.awaitExit(PATIENCE)).isEqualTo(1);
      assertThat(backend.stderr())
          .contains("cannot listen on /127.0.0.1:" + taken.getLocalPort())
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aClientThatDoesNotSendItsRequestIsCutOff() throws Exception {
    try (ReelbeamProcess backend = start(List.of("-Dsun.net.httpserver.maxReqTime=1"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), awaitUri(backend).getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket
          .getOutputStream()
          .write("POST /api/v1/uploads HTTP/1.1\r\nHost:".getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void theAccessLogMayGoToAFile() throws Exception {
    Path log = folder.resolve("access.log");
    try (ReelbeamProcess backend = start("--port", "0", "--access-log", log.toString())) {
      health(awaitUri(backend));

      await().until(() -> Files.readString(log).contains("\"path\":\"/healthz\""));
      assertThat(backend.stdout().lines()).hasSize(1);
    }
  }

  private ReelbeamProcess start(String... more) throws IOException {
    return start(List.of(), more);
  }

  private ReelbeamProcess start(List<String> jvmOptions, String... more) throws IOException {
    List<String> options = new ArrayList<>(jvmOptions);
    options.addAll(List.of("-Daws.accessKeyId=unused", "-Daws.secretAccessKey=unused"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("backend", "--bucket", "videos", "--region", "eu-central-1"));
    arguments.addAll(List.of("--federation", "--user", "ada=secret"));
    arguments.addAll(List.of("--database", folder.resolve("assets.db").toString()));
    arguments.addAll(more.length == 0 ? List.of("--port", "0") : List.of(more));
    return ReelbeamProcess.start(folder, options, arguments);
  }

  private static URI awaitUri(ReelbeamProcess backend) {
    await()
        .atMost(PATIENCE)
        .failFast("the backend has ended", () -> !backend.isRunning())
        .until(() -> backend.stdout().contains("/\n"));
    return URI.create(backend.stdout().lines().findFirst().orElseThrow().split(" ", 3)[2]);
  }

  private int health(URI backend) throws Exception {
    return http.send(
            HttpRequest.newBuilder(backend.resolve("healthz")).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
