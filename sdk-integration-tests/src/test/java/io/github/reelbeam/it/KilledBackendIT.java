package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.testservers.DemoVideo;
import io.github.reelbeam.testservers.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Client, backend, STS and store are processes of their own, and the backend is killed: whenever
 * that is, there is one object and one asset in the end, with nothing left open, and the client has
 * not been told of a failure.
 */
@Tag("real-store")
class KilledBackendIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MIB = 1 << 20;

  /** The client renews when half of it is over. */
  private static final Duration SHORT_SESSIONS = Duration.ofSeconds(4);

  private static final int RANDOM_KILLS = 20;
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(4);

  /** Draws the moments of an earlier run again. */
  private static final long SEED = Long.getLong("reelbeam.crash.seed", System.nanoTime());

  private final RealStore store = RealStore.fromEnvironment();
  private final OwnedBucket bucket = OwnedBucket.in(store);

  @TempDir private Path folder;
  private ExampleBackend backend;
  private Path video;

  @BeforeEach
  void startBackend() throws Exception {
    backend =
        ExampleBackend.start(
            folder.resolve("backend"),
            store,
            bucket.name(),
            "--session-duration",
            SHORT_SESSIONS.toSeconds() + "s");
    video = folder.resolve("holiday.mp4");
  }

  @AfterEach
  void stopAll() {
    if (backend != null) {
      backend.close();
    }
    bucket.close();
  }

  /** So slow that the credentials have to be renewed on the way. */
  private JavaProgram upload(int mib) throws Exception {
    DemoVideo.write(video, (long) mib * MIB);
    return startUpload(mib);
  }

  private JavaProgram startUpload(int mib) throws Exception {
    return backend.upload(
        video,
        ExampleBackend.ADA,
        "--part-size",
        "5MiB",
        "--parallelism",
        "2",
        "--limit-rate",
        Math.max(2, mib / 8) + "MiB");
  }

  private static List<JsonNode> events(JavaProgram upload) throws Exception {
    return JSON.readerFor(JsonNode.class).<JsonNode>readValues(upload.stdout()).readAll();
  }

  private void verifyDoneOnce(JavaProgram upload) throws Exception {
    assertThat(upload.awaitExit(PATIENCE)).as(() -> upload + "\n" + backend).isZero();
    JsonNode assets = backend.assets(ExampleBackend.ADA);
    assertThat(assets).as(assets.toString()).hasSize(1);
    String key = assets.path(0).path("key").asText();
    assertThat(bucket.keys()).containsExactly(key);
    assertThat(bucket.openUploads()).isEmpty();
    assertThat(bucket.bytes(key)).isEqualTo(Files.readAllBytes(video));
    List<JsonNode> events = events(upload);
    assertThat(events.get(events.size() - 1).path("key").asText()).isEqualTo(key);
    assertThat(events).extracting(event -> event.path("event").asText()).doesNotContain("failed");
  }

  static List<String> points() {
    return HaltingBackend.POINTS;
  }

  @ParameterizedTest
  @MethodSource("points")
  void aKillAtAnyPointCostsTheUploadNothing(String point) throws Exception {
    backend.kill();
    backend.startHaltingAt(point, SHORT_SESSIONS);
    try (JavaProgram upload = upload(16)) {
      // it halts by itself, at the point or not at all
      assertThat(backend.program().awaitExit(PATIENCE)).as(upload::toString).isEqualTo(137);
      assertThat(upload.isRunning()).as(upload::toString).isTrue();
      backend.start();
      verifyDoneOnce(upload);
    }
  }

  @Test
  void credentialsExpireOnTheWayAndTheObjectIsOneAllTheSame() throws Exception {
    try (JavaProgram upload = upload(48)) {
      verifyDoneOnce(upload);
      assertThat(events(upload))
          .filteredOn(event -> event.path("event").asText().equals("credentialsRenewed"))
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void killsAtRandomMomentsOfBackendAndClientMakeNoSecondAsset() throws Exception {
    System.out.println("killed backend: -Dreelbeam.crash.seed=" + SEED);
    Random random = new Random(SEED);
    int mib = 64;
    JavaProgram upload = upload(mib);
    int clientKills = 0;
    int uploads = 1;
    try {
      for (int kill = 1; kill <= RANDOM_KILLS; kill++) {
        boolean ended =
            upload.endsWithin(Duration.ofMillis(random.nextLong(LONGEST_LIFE.toMillis())));
        if (ended) {
          verifyDoneOnce(upload);
          bucket.empty();
          backend.kill();
          backend.deleteDatabase();
          backend.start();
          upload = startUpload(mib);
          uploads++;
          continue;
        }
        backend.kill();
        if (random.nextInt(4) == 0) {
          upload.kill();
          upload.awaitExit(PATIENCE);
          clientKills++;
          backend.start();
          upload = startUpload(mib);
        } else {
          backend.start();
        }
      }
      verifyDoneOnce(upload);
    } finally {
      upload.close();
    }
    System.out.printf(
        "killed backend: %d uploads, %d moments, %d of them killed the client too%n",
        uploads, RANDOM_KILLS, clientKills);
  }
}
