package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoSourceTest {
  @TempDir Path folder;

  private Path video() throws IOException {
    return Files.write(folder.resolve("my holiday.mp4"), new byte[] {1, 2, 3});
  }

  @Test
  void aFileIsNamedByItsLastPart() throws IOException {
    assertThat(VideoSource.of(video()).name()).isEqualTo("my holiday.mp4");
  }

  @Test
  void itsReferenceLeadsAnotherProcessBackToTheFile() throws IOException {
    Path file = video();
    assertThat(Path.of(URI.create(VideoSource.of(file).reference()))).isEqualTo(file);
  }

  @Test
  void differentWaysToOneFileHaveOneReference() throws IOException {
    Path file = video();
    Path detour = folder.resolve("..").resolve(folder.getFileName()).resolve("my holiday.mp4");
    assertThat(VideoSource.of(detour).reference()).isEqualTo(VideoSource.of(file).reference());
  }

  @Test
  void aRelativePathIsMadeAbsoluteAtOnce() {
    assertThat(VideoSource.of(Path.of("a.mp4")).path().orElseThrow()).isAbsolute();
  }

  @Test
  void tellsSizeAndTimeOfLastChange() throws IOException {
    Path file = video();
    Instant time = Instant.parse("2026-01-02T03:04:05Z");
    Files.setLastModifiedTime(file, FileTime.from(time));
    assertThat(VideoSource.of(file).size()).isEqualTo(3);
    assertThat(VideoSource.of(file).lastModified()).isEqualTo(time);
  }

  @Test
  void everyChannelStandsOnItsOwn() throws IOException {
    VideoSource source = VideoSource.of(video());
    ByteBuffer one = ByteBuffer.allocate(1);
    try (SeekableByteChannel first = source.open();
        SeekableByteChannel second = source.open()) {
      first.position(2);
      assertThat(second.read(one)).isEqualTo(1);
    }
    assertThat(one.get(0)).isEqualTo((byte) 1);
  }

  @Test
  void isNotLookedAtBeforeItIsUsed() {
    VideoSource source = VideoSource.of(folder.resolve("not-there.mp4"));
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(source::size);
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(source::lastModified);
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(source::open);
  }

  @Test
  void aFolderIsNoVideo() {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(VideoSource.of(folder)::size)
        .withMessageContaining("folder");
  }
}
