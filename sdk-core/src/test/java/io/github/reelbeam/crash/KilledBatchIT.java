package io.github.reelbeam.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.TestFiles;
import io.github.reelbeam.testservers.Asset;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL in the middle of many files, twice: in the end there is one object and asset of each. */
class KilledBatchIT {
  private static final int FILES = 30;

  @TempDir Path folder;

  @Test
  void everyFileIsStoredOnceThoughTheProcessIsKilledInTheMiddle() throws Exception {
    Path videos = Files.createDirectory(folder.resolve("videos"));
    for (int i = 0; i < FILES; i++) {
      TestFiles.random(videos.resolve("clip" + i + ".mp4"), 20_000 + i);
    }
    Path journal = folder.resolve("journal");
    try (EmbeddedS3 s3 = EmbeddedS3.start();
        EmbeddedBackend backend = EmbeddedBackend.builder(s3).keepLeftovers().start()) {
      List<String> command =
          ChildJvm.command(
              BatchUploader.class,
              List.of(backend.uri().toString(), videos.toString(), journal.toString(), "4"));
      Set<String> done = new HashSet<>();
      for (int enough : new int[] {FILES / 3, 2 * FILES / 3}) {
        try (UploaderProcess process = UploaderProcess.start(folder, command)) {
          await()
              .atMost(Duration.ofMinutes(1))
              .pollInterval(Duration.ofMillis(5))
              .until(() -> backend.assets().size() >= enough || !process.isAlive());
          assertThat(process.isAlive()).as("%s", process).isTrue();
          process.kill();
          done.addAll(process.lines());
        }
        // those that are done are not begun again: the next one is given the rest of the files
        for (Asset asset : backend.assets()) {
          Files.deleteIfExists(videos.resolve(asset.fileName()));
        }
      }
      try (UploaderProcess last = UploaderProcess.start(folder, command)) {
        assertThat(last.awaitExit()).as("%s", last).isZero();
        assertThat(last.hasPrinted(BatchUploader.ALL)).as("%s", last).isTrue();
      }
      assertThat(done).hasSizeLessThan(FILES);
      assertThat(backend.assets())
          .extracting(Asset::fileName)
          .doesNotHaveDuplicates()
          .hasSize(FILES);
      assertThat(s3.keys())
          .containsExactlyInAnyOrderElementsOf(backend.assets().stream().map(Asset::key).toList());
      assertThat(s3.openUploads()).isEmpty();
      try (Stream<Path> files = Files.list(journal)) {
        assertThat(files.map(path -> String.valueOf(path.getFileName())))
            .containsExactly(".journal.lock");
      }
    }
  }
}
