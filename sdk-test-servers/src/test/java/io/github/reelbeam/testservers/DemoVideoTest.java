package io.github.reelbeam.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoVideoTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1 << 20, 8 << 20, 64 << 20})
  void isAboutAsBigAsWanted(long bytes) throws IOException {
    Path file = folder.resolve("video.mp4");
    DemoVideo.write(file, bytes);
    assertThat(Files.size(file)).isCloseTo(bytes, within(90_000L));
  }

  @Test
  void repeatsTheClipWithLaterTimes() throws IOException {
    Path file = folder.resolve("video.mp4");
    Duration duration = DemoVideo.write(file, 1 << 20);
    ByteBuffer mp4 = ByteBuffer.wrap(Files.readAllBytes(file));
    List<Mp4Box> fragments = Mp4Box.find(mp4, "moof");
    assertThat(duration).isEqualTo(Duration.ofMillis(3200L * fragments.size()));
    for (int i = 0; i < fragments.size(); i++) {
      Mp4Box fragment = fragments.get(i);
      assertThat(mp4.getInt(fragment.child(mp4, "mfhd").start() + 12)).isEqualTo(i + 1);
      assertThat(mp4.getLong(fragment.child(mp4, "traf/tfdt").start() + 12)).isEqualTo(i * 40_960L);
    }
    int milliseconds = mp4.getInt(Mp4Box.find(mp4, "moov/mvex/mehd").get(0).start() + 12);
    assertThat(milliseconds).isEqualTo(3200 * fragments.size());
  }

  @Test
  void indexesEveryFragment() throws IOException {
    Path file = folder.resolve("video.mp4");
    DemoVideo.write(file, 1 << 20);
    ByteBuffer mp4 = ByteBuffer.wrap(Files.readAllBytes(file));
    Mp4Box index = Mp4Box.find(mp4, "sidx").get(0);
    List<Mp4Box> fragments = Mp4Box.find(mp4, "moof");
    assertThat(mp4.getShort(index.start() + 38)).isEqualTo((short) fragments.size());
    long position = index.end();
    for (int i = 0; i < fragments.size(); i++) {
      assertThat(fragments.get(i).start()).isEqualTo((int) position);
      position += mp4.getInt(index.start() + 40 + 12 * i);
    }
    assertThat(position).isEqualTo(mp4.limit());
  }

  @Test
  void isAtLeastOneClipLong() throws IOException {
    assertThat(DemoVideo.write(folder.resolve("video.mp4"), 1)).isEqualTo(Duration.ofMillis(3200));
  }

  @Test
  void refusesWhatItsIndexCannotHold() {
    assertThatThrownBy(() -> DemoVideo.write(folder.resolve("video.mp4"), 1L << 40))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
