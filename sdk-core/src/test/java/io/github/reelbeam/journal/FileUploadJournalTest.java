package io.github.reelbeam.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.reelbeam.JournalException;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.journal.UploadJournal.Claim;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileUploadJournalTest extends UploadJournalContract {
  private static final UploadId ONE = new UploadId("one");

  @TempDir Path parent;
  private Path folder;
  private FileUploadJournal journal;

  @BeforeEach
  void open() {
    folder = parent.resolve("a/uploads");
    journal = FileUploadJournal.at(folder);
  }

  @Override
  UploadJournal journal() {
    return journal;
  }

  private Claim create(String id) {
    return journal.claimOrCreate(entry -> false, () -> Entries.requested(id));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
    }
  }

  @Test
  void isThereAgainForTheNextProcess() {
    try (Claim claim = create("one")) {
      claim.write(Entries.full("one"));
    }

    assertThat(FileUploadJournal.at(folder).entries()).containsExactly(Entries.full("one"));
  }

  @Test
  void writesOneDocumentPerUploadAndLeavesNoOtherFile() throws IOException {
    create("one").close();
    try (Claim claim = create("two")) {
      claim.write(Entries.full("two"));
    }

    assertThat(names())
        .containsExactlyInAnyOrder(".journal.lock", "one.json", "one.lock", "two.json", "two.lock");
    assertThat(folder.resolve("two.json")).content().startsWith("{\"version\":1,\"id\":\"two\"");
  }

  @Test
  void leavesNothingOfAnUploadThatIsRemoved() throws IOException {
    try (Claim claim = create("one")) {
      claim.remove();
    }

    assertThat(names()).containsExactly(".journal.lock");
  }

  @Test
  void isForItsOwnerOnly() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    try (Claim claim = create("one")) {
      claim.write(Entries.full("one"));
    }

    assertThat(permissions(folder)).isEqualTo("rwx------");
    for (String name : names().toList()) {
      assertThat(permissions(folder.resolve(name))).as(name).isEqualTo("rw-------");
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void refusesAClaimThatAnotherJournalOnTheSameFolderHolds() {
    try (Claim claim = create("one")) {
      FileUploadJournal other = FileUploadJournal.at(folder.resolve("../uploads/."));

      assertThat(other.entries()).containsExactly(claim.entry());
      assertThatExceptionOfType(JournalException.class).isThrownBy(() -> other.claim(ONE));
    }
  }

  @Test
  void refusesAClaimThatIsHeldByWayOfALink() throws IOException {
    Path link = Files.createSymbolicLink(parent.resolve("link"), folder);
    FileUploadJournal other = FileUploadJournal.at(link);

    try (Claim claim = create("one")) {
      assertThat(other.entries()).containsExactly(claim.entry());
      assertThatExceptionOfType(JournalException.class).isThrownBy(() -> other.claim(ONE));
    }
    other.claim(ONE).orElseThrow().close();
  }

  /** POSIX gives a lock up when any descriptor of the file is closed in the process. */
  @Test
  void keepsTheLockThroughARefusalInTheSameProcess() throws Exception {
    FileUploadJournal other = FileUploadJournal.at(folder);
    try (Claim claim = create("one")) {
      assertThatExceptionOfType(JournalException.class).isThrownBy(() -> other.claim(ONE));
      FileUploadJournal.at(folder);

      try (OtherProcess process = OtherProcess.start(folder, "two")) {
        assertThat(process.line()).isEqualTo("refused " + claim.entry().id());
      }
    }
  }

  @Test
  void refusesAClaimThatAnotherProcessHolds() throws Exception {
    try (OtherProcess process = OtherProcess.start(folder, "one")) {
      assertThat(process.line()).isEqualTo("claimed one");

      assertThat(journal.entries()).containsExactly(Entries.requested("one"));
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.claim(ONE))
          .satisfies(e -> assertThat(e.uploadId()).contains(ONE));
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> journal.claimOrCreate(entry -> true, () -> Entries.requested("two")));

      process.endInput();
      assertThat(process.line()).startsWith("closing");
      process.awaitEnd();
    }
    journal.claim(ONE).orElseThrow().close();
  }

  @Test
  void givesTheClaimOfAProcessThatWasKilled() throws Exception {
    try (OtherProcess process = OtherProcess.start(folder, "one")) {
      assertThat(process.line()).isEqualTo("claimed one");
      process.kill();
    }

    journal.claim(ONE).orElseThrow().close();
  }

  @Test
  void makesOneEntryForManyProcessesWithTheSameSource() throws Exception {
    try (OtherProcess first = OtherProcess.start(folder, "two");
        OtherProcess second = OtherProcess.start(folder, "three")) {
      String one = first.line();
      String two = second.line();

      assertThat(journal.entries()).hasSize(1);
      UploadId id = journal.entries().get(0).id();
      assertThat(Stream.of(one, two)).containsExactlyInAnyOrder("claimed " + id, "refused " + id);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "not JSON", "[]", "{\"version\":1}", "{\"version\":1,\"id\":\"two\"}"})
  void setsAsideWhatIsNoEntry(String content) throws IOException {
    create("two").close();
    file("one.json", content);

    assertThat(journal.entries()).containsExactly(Entries.requested("two"));
    assertThat(names()).contains("one.json.unreadable").doesNotContain("one.json", "one.lock");
    assertThat(folder.resolve("one.json.unreadable")).hasContent(content);
  }

  @Test
  void setsAsideTheEntryOfAnotherUpload() throws IOException {
    create("two").close();
    Files.copy(folder.resolve("two.json"), folder.resolve("one.json"));

    assertThat(journal.entries()).containsExactly(Entries.requested("two"));
    assertThat(names()).contains("one.json.unreadable");
  }

  @Test
  void setsAsideWhatIsNoEntryWhenItIsClaimed() throws IOException {
    file("one.json", "{");

    assertThat(journal.claim(ONE)).isEmpty();
    assertThat(names()).containsExactlyInAnyOrder(".journal.lock", "one.json.unreadable");
  }

  @Test
  void setsAsideWhatIsNoEntryWhenASourceIsLookedFor() throws IOException {
    file("one.json", "{");

    journal.claimOrCreate(entry -> true, () -> Entries.requested("two")).close();

    assertThat(names()).contains("one.json.unreadable", "two.json").doesNotContain("one.json");
  }

  @Test
  void whatCannotBeSetAsideIsNoReasonToFail() throws IOException {
    create("two").close();
    file("one.json", "{");
    Files.createDirectories(folder.resolve("one.json.unreadable").resolve("full"));

    assertThat(journal.entries()).containsExactly(Entries.requested("two"));
  }

  @Test
  void aFolderInThePlaceOfALockIsNoReasonToFail() throws IOException {
    create("two").close();
    Files.createDirectories(folder.resolve("one.lock").resolve("full"));

    assertThat(FileUploadJournal.at(folder).entries()).containsExactly(Entries.requested("two"));
  }

  @Test
  void aPipeIsNoEntryToWaitFor() throws Exception {
    create("two").close();
    Process mkfifo = new ProcessBuilder("mkfifo", folder.resolve("one.json").toString()).start();
    assumeThat(mkfifo.waitFor()).isZero();

    List<JournalEntry> entries =
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> journal.entries());

    assertThat(entries).containsExactly(Entries.requested("two"));
  }

  @Test
  void anEntryThatNobodyCouldReadAgainIsNotWritten() {
    try (Claim claim = create("one")) {
      JournalEntry tooLong = Entries.requested("one").failed("x".repeat(1 << 20), Instant.EPOCH);
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> claim.write(tooLong))
          .withStackTraceContaining("at most 1048576 bytes");
    }
    assertThat(journal.entries()).containsExactly(Entries.requested("one"));
  }

  @Test
  void doesNotSetAsideWhatItsHolderIsAboutToReplace() throws IOException {
    try (Claim claim = create("one")) {
      file("one.json", "{");
      assertThat(journal.entries()).isEmpty();
      assertThat(names()).contains("one.json");

      claim.write(Entries.full("one"));
    }
    assertThat(journal.entries()).containsExactly(Entries.full("one"));
  }

  @Test
  void passesOverTheEntryOfANewerVersion() throws IOException {
    file("one.json", "{\"version\":2,\"id\":\"one\"}");

    assertThat(journal.entries()).isEmpty();
    assertThat(journal.claim(ONE)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> create("one"));
    assertThat(folder.resolve("one.json")).hasContent("{\"version\":2,\"id\":\"one\"}");
  }

  @Test
  void leavesFilesAloneThatAreNotItsOwn() throws IOException {
    file("my notes.json", "{");
    file("notes.txt", "x");
    Files.createDirectory(folder.resolve("sub"));

    assertThat(FileUploadJournal.at(folder).entries()).isEmpty();
    assertThat(names()).contains("my notes.json", "notes.txt", "sub");
  }

  @Test
  void passesOverWhatTheDiskDoesNotGive() throws IOException {
    Files.createDirectory(folder.resolve("one.json"));

    assertThat(journal.entries()).isEmpty();
    create("two").close();
    assertThat(journal.entries()).hasSize(1);
    assertThatExceptionOfType(JournalException.class).isThrownBy(() -> journal.claim(ONE));
  }

  @Test
  void clearsAwayWhatACrashLeftHalfWritten() throws IOException {
    create("one").close();
    file("one.9f0c.tmp", "{\"version\":1,\"id\":\"o");
    file("two.9f0c.tmp", "");
    file("three.lock", "");

    FileUploadJournal.at(folder);

    assertThat(names()).containsExactlyInAnyOrder(".journal.lock", "one.json", "one.lock");
  }

  @Test
  void doesNotClearAwayWhatIsBeingWritten() throws IOException {
    try (Claim claim = create("one")) {
      file("one.9f0c.tmp", "");

      FileUploadJournal.at(folder);

      assertThat(names()).contains("one.9f0c.tmp", "one.lock");
      assertThat(claim.entry().id()).isEqualTo(ONE);
    }
  }

  @Test
  void worksOnAThreadThatIsInterruptedAndLeavesTheFlagSet() {
    create("two").close();
    Thread.currentThread().interrupt();
    try (Claim claim = create("one")) {
      claim.write(Entries.full("one"));
      assertThat(journal.entries()).hasSize(2);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    journal.claim(ONE).orElseThrow().close();
    assertThat(journal.entries()).contains(Entries.full("one"));
  }

  /** Seen on JDK 25: the collector closed the channel of a claim that nobody referred to. */
  @Test
  void aForgottenClaimIsHeldUntilTheProcessEnds() throws Exception {
    WeakReference<Claim> forgotten = new WeakReference<>(create("one"));
    await()
        .until(
            () -> {
              System.gc();
              return forgotten.get() == null;
            });

    assertThatExceptionOfType(JournalException.class).isThrownBy(() -> journal.claim(ONE));
    try (OtherProcess process = OtherProcess.start(folder, "two")) {
      assertThat(process.line()).isEqualTo("refused one");
    }
  }

  @Test
  void anInterruptedHolderKeepsItsLock() throws Exception {
    Thread.currentThread().interrupt();
    try (Claim claim = create("one")) {
      claim.write(Entries.full("one"));
      assertThat(Thread.interrupted()).isTrue();
      try (OtherProcess process = OtherProcess.start(folder, "two")) {
        assertThat(process.line()).isEqualTo("refused one");
      }
    }
  }

  @Test
  void theOldEntryStandsIfTheNewOneCannotBeWritten() throws IOException {
    assumeTrue(Files.exists(Path.of("/proc/self")));
    try (Claim claim = create("one")) {
      // the document's name is taken by a folder: no rename can replace it, not even root's
      Path document = folder.resolve("one.json");
      Files.move(document, folder.resolve("kept"));
      Files.createDirectories(document.resolve("x"));

      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> claim.write(Entries.full("one")))
          .withCauseInstanceOf(IOException.class)
          .satisfies(e -> assertThat(e.isResumable()).isTrue());

      assertThat(claim.entry()).isEqualTo(Entries.requested("one"));
      assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
    }
  }

  @Test
  void waitsForTheFolderOnlySoLong() throws IOException {
    AtomicInteger waits = new AtomicInteger();
    FileUploadJournal patient =
        FileUploadJournal.at(folder, waits::incrementAndGet, new FileSystemDisk());

    try (LockFile lock = LockFile.tryAcquire(folder.resolve(".journal.lock")).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> patient.claimOrCreate(entry -> true, () -> Entries.requested("one")))
          .withMessageContaining("locked");
    }
    assertThat(waits).hasValue(2000);
    assertThat(journal.entries()).isEmpty();
  }

  @Test
  void goesOnOnceTheFolderIsFree() throws IOException {
    LockFile lock = LockFile.tryAcquire(folder.resolve(".journal.lock")).orElseThrow();
    AtomicInteger waits = new AtomicInteger();
    FolderLock folderLock =
        new FolderLock(
            new JournalFolder(folder, new FileSystemDisk()),
            () -> {
              if (waits.incrementAndGet() == 3) {
                try {
                  lock.close();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
            });

    assertThat(folderLock.<String>hold("be read", () -> "held")).isEqualTo("held");
    assertThat(waits).hasValue(3);
  }

  @Test
  void refusesToBeCalledFromWithinItself() {
    create("one").close();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                journal.claimOrCreate(
                    entry -> journal.claim(ONE).isPresent(), () -> Entries.requested("two")));
    journal.claim(ONE).orElseThrow().close();
  }

  @Test
  void makesTheFolderAgainIfItIsGone() throws IOException {
    Files.delete(folder.resolve(".journal.lock"));
    Files.delete(folder);

    create("one").close();

    assertThat(journal.entries()).hasSize(1);
  }

  @Test
  void refusesAFolderThatIsAFile() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "");

    assertThatExceptionOfType(JournalException.class)
        .isThrownBy(() -> FileUploadJournal.at(file))
        .withMessageContaining(file.toString());
  }

  @Test
  void refusesAnArchive() throws IOException {
    URI archive = URI.create("jar:" + parent.resolve("a.zip").toUri());
    try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> FileUploadJournal.at(zip.getPath("/uploads")));
    }
  }

  @Test
  void holdsNoSecretButTheRenewalToken() throws IOException {
    try (Claim claim = create("one")) {
      claim.write(Entries.full("one"));
    }

    assertThat(Files.readString(folder.resolve("one.json"), UTF_8))
        .doesNotContainIgnoringCase("SecretAccessKey", "SessionToken", "Authorization");
  }
}
