package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
  @TempDir private Path folder;

  @Test
  void endsByItselfAfterTellingTheWholeStory() throws Exception {
    ReelbeamProcess demo =
        ReelbeamProcess.run(folder, temporaryFolder(), List.of("demo", "--size", "20MiB"));

    assertThat(demo.exitCode()).as(demo::toString).isZero();
    assertThat(demo.stderr()).isEmpty();
    assertThat(demo.stdout())
        .containsSubsequence(
            "playable MP4",
            "asking the backend",
            "for this key alone",
            "is in S3",
            "the backend answered",
            "bytes are the file's",
            "1 object in the bucket, 0 multipart uploads left open, 1 asset",
            "plays the video",
            "Done.");
  }

  @Test
  void uploadsAFileOfOnesOwn() throws Exception {
    Path video = TestVideos.write(folder.resolve("holiday.mp4"), 3 << 20);

    ReelbeamProcess demo =
        ReelbeamProcess.run(folder, temporaryFolder(), List.of("demo", video.toString()));

    assertThat(demo.exitCode()).as(demo::toString).isZero();
    assertThat(demo.stdout()).contains("all 3,145,728 bytes are the file's");
  }

  @Test
  void keepsThePageUpIfAskedAndCleansUpAfterCtrlC() throws Exception {
    List<String> arguments = List.of("demo", "--size", "2MiB", "--keep-running");
    try (ReelbeamProcess demo = ReelbeamProcess.start(folder, temporaryFolder(), arguments)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(demo.stdout()).contains("until Ctrl-C"));
      Matcher page = Pattern.compile("(http://\\S+) lists the assets").matcher(demo.stdout());
      assertThat(page.find()).isTrue();
      assertThat(Pages.get(page.group(1))).contains("<html");

      demo.interrupt();
      demo.awaitExit(Duration.ofSeconds(30));
    }
    assertThat(folder.toFile().list((in, name) -> name.startsWith("reelbeam-"))).isEmpty();
  }

  // so that the test sees what is left behind
  private List<String> temporaryFolder() {
    return List.of("-Djava.io.tmpdir=" + folder);
  }
}
