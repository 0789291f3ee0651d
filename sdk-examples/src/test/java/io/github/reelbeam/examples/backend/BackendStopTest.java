package io.github.reelbeam.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.backend.TemporaryCredentials;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stop while a grant is being made, which takes as long as the test wants. */
@Timeout(60)
class BackendStopTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch sts = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private TestBackend backend;

  @BeforeEach
  void start() throws Exception {
    backend =
        TestBackend.start(
            folder,
            scope -> {
              asked.countDown();
              try {
                sts.await(1, TimeUnit.MINUTES);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new TemporaryCredentials("id", "secret", "token", Instant.now());
            });
  }

  @AfterEach
  void stop() {
    sts.countDown();
    backend.close();
  }

  @Test
  void withNothingInFlightAStopTakesNoTime() throws Exception {
    assertThat(health()).isEqualTo(200);

    backend.server.close(LONG);

    assertThatThrownBy(this::health).isInstanceOf(IOException.class);
  }

  @Test
  void aRequestInFlightIsAnsweredAndNewOnesAreRefusedMeanwhile() throws Exception {
    CompletableFuture<HttpResponse<String>> inFlight = grant();
    asked.await();
    CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> backend.server.close(LONG));
    await().until(() -> health() == 503);
    assertThat(closed).isNotDone();

    sts.countDown();

    assertThat(inFlight.get().statusCode()).isEqualTo(201);
    closed.get();
    assertThatThrownBy(this::health).isInstanceOf(IOException.class);
  }

  @Test
  void aRequestThatTakesTooLongIsNotWaitedFor() throws Exception {
    CompletableFuture<HttpResponse<String>> inFlight = grant();
    asked.await();

    backend.server.close(Duration.ofMillis(200));

    assertThat(inFlight).failsWithin(Duration.ofSeconds(30));
  }

  @Test
  void aSecondStopDoesNoHarm() {
    backend.server.close(LONG);
    backend.server.close(LONG);
  }

  private CompletableFuture<HttpResponse<String>> grant() {
    return http.sendAsync(
        HttpRequest.newBuilder(backend.uri("api/v1/uploads"))
            .header("Authorization", "Bearer " + TestBackend.ADA)
            .POST(
                BodyPublishers.ofString(
                    "{\"fileName\":\"a.mp4\",\"contentType\":\"video/mp4\",\"size\":5}"))
            .build(),
        BodyHandlers.ofString());
  }

  private int health() throws Exception {
    return http.send(
            HttpRequest.newBuilder(backend.uri("healthz")).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
