package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.BytesSource;
import io.github.reelbeam.SourceException;
import io.github.reelbeam.TestFiles;
import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.VideoSource;
import io.github.reelbeam.journal.JournalEntry.Source;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIdentityTest {
  private static final int MIB = 1 << 20;
  private static final int SIZE = 5 * MIB + 3;
  private static final FileTime CHANGED =
      FileTime.from(Instant.parse("2026-11-22T10:00:00.123456789Z"));
  private static final UploadId ID = new UploadId("u1");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = TestFiles.random(folder.resolve("a.mp4"), SIZE);
    Files.setLastModifiedTime(file, CHANGED);
  }

  private Source identity() {
    return SourceIdentity.of(VideoSource.of(file), "a.mp4");
  }

  /** Changes a byte; size and time of last change stay, as some programs keep them. */
  private void flip(long position) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(position);
      int before = bytes.read();
      bytes.seek(position);
      bytes.write(before ^ 1);
    }
    Files.setLastModifiedTime(file, CHANGED);
  }

  private void assertChanged(Source before, String why) {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> SourceIdentity.verify(VideoSource.of(file), before, ID))
        .withMessageContaining(why)
        .withMessageContaining(ID.value())
        .satisfies(
            e -> {
              assertThat(e.isResumable()).isFalse();
              assertThat(e.uploadId()).contains(ID);
              assertThat(e.stage()).isEqualTo(Stage.PREPARE);
            });
  }

  @Test
  void knowsWhereWhatAndHowLong() {
    Source identity = identity();
    assertThat(identity.reference()).isEqualTo(file.toUri().toString());
    assertThat(identity.fileName()).isEqualTo("a.mp4");
    assertThat(identity.size()).isEqualTo(SIZE);
    assertThat(identity.digest()).matches("(?:[0-9a-f]{8}){16}");
  }

  /** A journal or a copy on another file system may keep no more than that. */
  @Test
  void timesOfLastChangeAreInWholeMilliseconds() {
    assertThat(identity().lastModified()).isEqualTo(Instant.parse("2026-11-22T10:00:00.123Z"));
  }

  @Test
  void anUnchangedFileIsTheSame() {
    Source before = identity();
    assertThatCode(() -> SourceIdentity.verify(VideoSource.of(file), before, ID))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 65_535, 65_536, 65_537, 131_073, 3 * MIB})
  void aFileOfAnySizeIsTheSameAgain(int size) throws IOException {
    file = TestFiles.random(file, size);
    assertThat(identity()).isEqualTo(identity());
  }

  @Test
  void aFileThatWasNeverThereIsAFailureForGood() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> SourceIdentity.of(VideoSource.of(folder.resolve("b.mp4")), "b.mp4"))
        .withMessageContaining("not there")
        .matches(e -> !e.isResumable());
  }

  @Test
  void anEmptyFileIsNoVideo() throws IOException {
    Files.write(file, new byte[0]);
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(this::identity)
        .withMessageContaining("empty")
        .matches(e -> !e.isResumable());
  }

  @Test
  void aFolderIsNoVideo() {
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> SourceIdentity.of(VideoSource.of(folder), "a.mp4"))
        .withMessageContaining("folder");
  }

  @Test
  void anotherSizeIsAChange() throws IOException {
    Source before = identity();
    Files.write(file, new byte[5]);
    assertChanged(before, "has 5");
  }

  @Test
  void aFileThatHasBecomeEmptyIsAChange() throws IOException {
    Source before = identity();
    Files.write(file, new byte[0]);
    assertChanged(before, "empty");
  }

  @Test
  void anotherTimeOfLastChangeIsAChange() throws IOException {
    Source before = identity();
    Files.setLastModifiedTime(file, FileTime.from(CHANGED.toInstant().plusMillis(1)));
    assertChanged(before, "last changed");
  }

  @Test
  void aFileThatIsGoneMayComeBack() throws IOException {
    Source before = identity();
    Files.delete(file);
    assertThatExceptionOfType(SourceException.class)
        .isThrownBy(() -> SourceIdentity.verify(VideoSource.of(file), before, ID))
        .matches(SourceException::isResumable)
        .matches(e -> e.uploadId().equals(Optional.of(ID)));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 65_535, SIZE - 65_536, SIZE - 2, SIZE - 1})
  void anotherContentIsAChangeAtBothEndsWhateverSizeAndTimeSay(long position) throws IOException {
    Source before = identity();
    flip(position);
    assertChanged(before, "content");
  }

  @Test
  void anotherContentIsAChangeInTheMiddleOfAShortFile() throws IOException {
    file = TestFiles.random(file, 131_072);
    Files.setLastModifiedTime(file, CHANGED);
    Source before = identity();
    flip(65_536);
    assertChanged(before, "content");
  }

  @Test
  void samplesAreSpreadOverTheWholeFile() throws IOException {
    Source before = identity();
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(2 * MIB);
      bytes.write(new byte[MIB / 2]);
    }
    Files.setLastModifiedTime(file, CHANGED);
    assertChanged(before, "content");
  }

  /** Journals keep it: with another one, no upload that is under way could go on. */
  @ParameterizedTest
  @CsvSource({
    "1, 361e05691b0ecf0b",
    "65536, 1ecce72e674ff038",
    "65537, 6dfd5ad69c614979",
    "131073, 927db15b92b9fd32f4507d70",
    "1000003, 99fb5c4967d210c5444c2873b21f79b2c6764dd138da6a11cc8114609901bbdbe109b33dfb56e0903f53c99c830e1c40ffd764fc315948cd4e2c2194ac498b00",
    "2097152, b3296619f8a1a57e61af05d1c69e0e738efea05ea8bf8147de17c4e21401282c1d7cf99001bd3c5180f4ab39e006d5f65d28ba24ab0bfc067a14f7f22cf3c6ba"
  })
  void theDigestIsTheSameInEveryVersion(int size, String digest) {
    assertThat(SourceIdentity.of(BytesSource.random(size), "a").digest()).isEqualTo(digest);
  }

  @Test
  void filesThatDifferOnlyInSizeHaveDifferentDigests() {
    BytesSource zeros = new BytesSource(new byte[10]);
    BytesSource moreZeros = new BytesSource(new byte[11]);
    assertThat(SourceIdentity.of(zeros, "a").digest())
        .isNotEqualTo(SourceIdentity.of(moreZeros, "a").digest());
  }

  @Test
  void aSourceThatIsCutMeanwhileIsLookedAtAsFarAsItGoes() {
    BytesSource source = BytesSource.random(100_000);
    String whole = SourceIdentity.of(source, "a").digest();
    source.onOpen(() -> source.cutTo(10));
    assertThat(SourceIdentity.of(source, "a").digest()).isNotEqualTo(whole);
  }

  @Test
  void leavesNoChannelOpen() {
    BytesSource source = BytesSource.random(100_000);
    assertThat(SourceIdentity.of(source, "a")).isNotNull();
    assertThat(source.openChannels()).isZero();
  }
}
