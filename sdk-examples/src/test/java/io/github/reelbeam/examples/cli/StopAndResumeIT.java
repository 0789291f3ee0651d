package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upload that is stopped midway, and what can be done with it. */
class StopAndResumeIT {
  private static final long SIZE = 40 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final EmbeddedBackend backend = EmbeddedBackend.start(s3);

  @TempDir private Path folder;
  private Path video;

  @BeforeEach
  void writeVideo() throws IOException {
    video = TestVideos.write(folder.resolve("holiday.mp4"), SIZE);
  }

  @AfterEach
  void stopServers() {
    backend.close();
    s3.close();
  }

  @Test
  void ctrlCKeepsTheUploadAndTheSameCommandGoesOn() throws Exception {
    try (ReelbeamProcess first = startSlowly()) {
      first.interrupt();

      assertThat(first.awaitExit(PATIENCE)).as(first::toString).isEqualTo(75);
      assertThat(first.stderr()).contains("go on with the same command");
      assertThat(first.lastEvent().path("event").asText()).isEqualTo("failed");
      assertThat(first.lastEvent().path("resumable").asBoolean()).isTrue();
    }
    assertThat(s3.openUploads()).hasSize(1);

    ReelbeamProcess second = run("upload", video.toString());

    assertThat(second.exitCode()).as(second::toString).isZero();
    assertOneObject();
  }

  @Test
  void aKilledUploadIsListedAndResumed() throws Exception {
    try (ReelbeamProcess first = startSlowly()) {
      first.kill();
      first.awaitExit(PATIENCE);
    }

    JsonNode listed = ReelbeamProcess.run(folder, List.of(), offline("list")).lastEvent();
    assertThat(listed.path("state").asText()).isEqualTo("TRANSFERRING");
    assertThat(listed.path("source").asText()).isEqualTo(video.toUri().toString());

    ReelbeamProcess second = run("resume", listed.path("id").asText());

    assertThat(second.exitCode()).as(second::toString).isZero();
    assertThat(second.lastEvent().path("uploadId")).isEqualTo(listed.path("id"));
    assertOneObject();
    assertThat(run("list").stdout()).isEmpty();
  }

  @Test
  void resumeWithoutABackendAsksTheOneItWasBegunWith() throws Exception {
    try (ReelbeamProcess first = startSlowly()) {
      first.kill();
      first.awaitExit(PATIENCE);
    }

    ReelbeamProcess second = ReelbeamProcess.run(folder, List.of(), offline("resume"));

    assertThat(second.exitCode()).as(second::toString).isZero();
    assertOneObject();
  }

  @Test
  void discardLeavesNothingBehind() throws Exception {
    try (ReelbeamProcess first = startSlowly()) {
      first.interrupt();
      first.awaitExit(PATIENCE);
    }
    String id = run("list").lastEvent().path("id").asText();

    ReelbeamProcess discard = run("discard", id);

    assertThat(discard.exitCode()).as(discard::toString).isZero();
    assertThat(s3.openUploads()).isEmpty();
    assertThat(s3.keys()).isEmpty();
    assertThat(run("list").stdout()).isEmpty();
    assertThat(run("resume", id).exitCode()).isEqualTo(1);
  }

  // slow enough that it cannot be at its end when the signal comes
  private ReelbeamProcess startSlowly() throws IOException {
    List<String> arguments = online("upload", video.toString());
    arguments.addAll(List.of("--limit-rate", "6MiB", "--parallelism", "2", "--part-size", "5MiB"));
    ReelbeamProcess process = ReelbeamProcess.start(folder, List.of(), arguments);
    Awaitility.await()
        .atMost(PATIENCE)
        .failFast(
            "ended too early", () -> process.hasSeen("completed") || process.hasSeen("failed"))
        .until(() -> process.hasSeen("partCompleted"));
    return process;
  }

  private void assertOneObject() throws IOException {
    assertThat(s3.keys()).hasSize(1);
    assertThat(s3.openUploads()).isEmpty();
    assertThat(backend.assets()).hasSize(1);
    TestVideos.assertStored(s3, s3.keys().get(0), video);
  }

  private ReelbeamProcess run(String... command) throws IOException, InterruptedException {
    return ReelbeamProcess.run(folder, List.of(), online(command));
  }

  private List<String> online(String... command) {
    List<String> arguments = offline(command);
    arguments.addAll(List.of("--backend", backend.uri().toString()));
    return arguments;
  }

  private List<String> offline(String... command) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--json", "--state", folder.resolve("state").toString()));
    return arguments;
  }
}
