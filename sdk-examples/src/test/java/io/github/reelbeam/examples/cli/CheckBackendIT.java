package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.reelbeam.examples.conformance.Checks;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code reelbeam check-backend} as its users start it. */
class CheckBackendIT {
  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final EmbeddedBackend backend =
      EmbeddedBackend.builder(s3)
          .bearerToken("secret-of-ada", "ada")
          .bearerToken("secret-of-bob", "bob")
          .start();

  @TempDir private Path folder;

  @AfterEach
  void stopServers() {
    backend.close();
    s3.close();
  }

  @Test
  void endsWithZeroAndOneJsonObjectPerCheckOnASoundBackend() throws Exception {
    ReelbeamProcess run =
        check("--json", "--token", "secret-of-ada", "--other-token", "secret-of-bob");

    assertThat(run.exitCode()).as(run::toString).isZero();
    assertThat(run.events()).hasSize(Checks.inOrder().size() + 1);
    assertThat(run.events().get(0).path("check").asText()).isEqualTo("address.https");
    JsonNode summary = run.lastEvent();
    assertThat(summary.path("conforms").asBoolean()).isTrue();
    assertThat(summary.path("failed").asInt(-1)).isZero();
    assertThat(summary.path("leftBehind")).hasSize(2);
    assertThat(run.stdout()).doesNotContain("secret-of-");
    assertThat(folder.toFile().list((in, name) -> name.startsWith("reelbeam-check-"))).isEmpty();
  }

  @Test
  void endsWithOneAndPlainWordsOnAFaultyBackend() throws Exception {
    ReelbeamProcess run = check("--token", "wrong-token-of-ada");

    assertThat(run.exitCode()).as(run::toString).isEqualTo(1);
    assertThat(run.stdout())
        .containsSubsequence(
            "FAIL",
            "grant.status",
            "sent    POST api/v1/uploads",
            "came    401 unauthorized",
            "change  Is the token right",
            "SKIPPED",
            "needs what grant.status did not get",
            "1 failed",
            "The backend breaks the contract.")
        .doesNotContain("wrong-token-of-ada");
    assertThat(run.stderr()).isEmpty();
  }

  @Test
  void aBackendThatIsNotThereIsToldInPlainWords() throws Exception {
    backend.close();

    ReelbeamProcess run = check();

    assertThat(run.exitCode()).as(run::toString).isEqualTo(1);
    assertThat(run.stdout()).contains("no answer", "is the backend running");
    assertThat(run.stderr()).isEmpty();
  }

  @Test
  void uploadsAFileOfOnesOwn() throws Exception {
    Path video = TestVideos.write(folder.resolve("holiday.mp4"), 7 << 20);

    ReelbeamProcess run = check("--file", video.toString(), "--token", "secret-of-ada", "--json");

    assertThat(run.exitCode()).as(run::toString).isZero();
    assertThat(s3.keys()).hasSize(2);
    for (String key : s3.keys()) {
      TestVideos.assertStored(s3, key, video);
    }
  }

  private ReelbeamProcess check(String... more) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("check-backend", backend.uri().toString()));
    arguments.addAll(List.of(more));
    // so that the test sees what is left behind
    return ReelbeamProcess.run(folder, List.of("-Djava.io.tmpdir=" + folder), arguments);
  }
}
