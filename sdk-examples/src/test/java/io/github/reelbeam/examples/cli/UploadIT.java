package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code reelbeam upload} against the embedded store and backend. */
class UploadIT {
  private static final long MIB = 1 << 20;

  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final EmbeddedBackend backend =
      EmbeddedBackend.builder(s3).bearerToken("secret-of-ada", "ada").start();

  @TempDir private Path folder;
  private Path state;

  @BeforeEach
  void nameStateFolder() {
    state = folder.resolve("state");
  }

  @AfterEach
  void stopServers() {
    backend.close();
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5 * MIB, 5 * MIB + 1, 64 * MIB})
  void storesTheBytesAndTellsTheBackend(long size) throws Exception {
    Path file = TestVideos.write(folder.resolve("holiday.mp4"), size);

    ReelbeamProcess run = upload(file, List.of(), "--json", "--metadata", "title=Coast");

    assertThat(run.exitCode()).as(run::toString).isZero();
    assertThat(run.stderr()).isEmpty();
    TestVideos.assertStored(s3, run.lastEvent().path("key").asText(), file);
    assertThat(s3.keys()).hasSize(1);
    assertThat(s3.openUploads()).isEmpty();
    assertThat(backend.assets()).hasSize(1);
    assertThat(backend.grants().get(0).subject()).isEqualTo("ada");
    assertThat(backend.grants().get(0).metadata()).containsEntry("title", "Coast");
  }

  @Test
  @Tag("slow")
  void storesAGibibyteWithin64MebibytesOfHeap() throws Exception {
    Path file = TestVideos.write(folder.resolve("holiday.mp4"), 1024 * MIB);

    ReelbeamProcess run = upload(file, List.of("-Xmx64m"), "--json", "--parallelism", "8");

    assertThat(run.exitCode()).as(run::toString).isZero();
    TestVideos.assertStored(s3, run.lastEvent().path("key").asText(), file);
  }

  @Test
  void anEmptyFileIsRefusedInPlainWords() throws Exception {
    Path file = TestVideos.write(folder.resolve("empty.mp4"), 0);

    ReelbeamProcess run = upload(file, List.of());

    assertThat(run.exitCode()).as(run::toString).isEqualTo(1);
    assertThat(run.stderr()).contains("empty").doesNotContain("\tat ");
    assertThat(backend.grants()).isEmpty();
  }

  @Test
  void aMissingFileIsRefusedInPlainWords() throws Exception {
    ReelbeamProcess run = upload(folder.resolve("gone.mp4"), List.of(), "--json");

    assertThat(run.exitCode()).as(run::toString).isEqualTo(1);
    assertThat(run.stderr()).contains("gone.mp4").doesNotContain("\tat ");
    assertThat(run.lastEvent().path("event").asText()).isEqualTo("failed");
    assertThat(run.lastEvent().path("resumable").asBoolean(true)).isFalse();
  }

  @Test
  void withoutATerminalPlainLinesAreWritten() throws Exception {
    Path file = TestVideos.write(folder.resolve("holiday.mp4"), MIB);

    ReelbeamProcess run = upload(file, List.of());

    assertThat(run.exitCode()).as(run::toString).isZero();
    assertThat(run.stdout().lines())
        .allMatch(line -> line.startsWith("holiday.mp4: "))
        .last()
        .asString()
        .contains("stored as " + s3.keys().get(0));
    assertThat(run.stdout()).doesNotContain("\r");
  }

  @Test
  void quietIsQuiet() throws Exception {
    Path file = TestVideos.write(folder.resolve("holiday.mp4"), MIB);

    ReelbeamProcess run = upload(file, List.of(), "--quiet");

    assertThat(run.exitCode()).as(run::toString).isZero();
    assertThat(run.stdout()).isEmpty();
    assertThat(run.stderr()).isEmpty();
  }

  @Test
  void aWrongTokenStopsTheUploadUntilThereIsARightOne() throws Exception {
    Path file = TestVideos.write(folder.resolve("holiday.mp4"), MIB);

    ReelbeamProcess run = upload(file, List.of(), "--json", "--token", "wrong");

    assertThat(run.exitCode()).as(run::toString).isEqualTo(75);
    assertThat(run.lastEvent().path("resumable").asBoolean()).isTrue();
    assertThat(run.lastEvent().path("error").asText()).contains("401");
    assertThat(run.stdout() + run.stderr()).doesNotContain("secret-of-ada");
  }

  @Test
  void aBackendThatIsNotThereIsWaitedForAsLongAsSaidAndCanBeGoneOnWith() throws Exception {
    Path file = TestVideos.write(folder.resolve("holiday.mp4"), MIB);
    backend.close();

    ReelbeamProcess run = upload(file, List.of(), "--json", "--give-up", "1s");

    assertThat(run.exitCode()).as(run::toString).isEqualTo(75);
    assertThat(run.lastEvent().path("event").asText()).isEqualTo("failed");
    assertThat(run.lastEvent().path("resumable").asBoolean()).isTrue();
    assertThat(run.stderr()).contains("go on with the same command");
  }

  private ReelbeamProcess upload(Path file, List<String> jvmOptions, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("upload", file.toString()));
    arguments.addAll(List.of("--backend", backend.uri().toString(), "--state", state.toString()));
    if (!List.of(more).contains("--token")) {
      arguments.addAll(List.of("--token", "secret-of-ada"));
    }
    arguments.addAll(List.of(more));
    return ReelbeamProcess.run(folder, jvmOptions, arguments);
  }
}
