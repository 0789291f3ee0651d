package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.VideoSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandInFileTest {
  @TempDir Path folder;

  @Test
  void aFileStandsForItself() throws IOException {
    Path video = Files.write(folder.resolve("a.mp4"), new byte[3]);
    try (StandInFile file = StandInFile.of(VideoSource.of(video), 3)) {
      assertThat(file.path()).isEqualTo(video);
    }
    assertThat(video).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 5L << 30 | 1})
  void anotherSourceGetsAFileOfItsLength(long length) throws IOException {
    try (StandInFile file = StandInFile.of(BytesSource.random(1), length)) {
      assertThat(Files.size(file.path())).isEqualTo(length);
    }
  }

  @Test
  void theFileIsGoneAfterwards() throws IOException {
    StandInFile file = StandInFile.of(BytesSource.random(1), 10);
    file.close();
    assertThat(file.path()).doesNotExist();
  }
}
