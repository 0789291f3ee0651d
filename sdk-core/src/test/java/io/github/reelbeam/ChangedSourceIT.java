package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.UploadException.Stage;
import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.RequestHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is no longer the one an upload began with is not stored as if it were. */
class ChangedSourceIT {
  private static final int PARTS = 8;
  private static final int STORED = 5;

  /** In the middle of part 2, and far from the places of which the digest is made. */
  private static final long UNSAMPLED = PART + PART / 2 + 500_000;

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final RecordingListener listener = new RecordingListener();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final VirtualTime time = new VirtualTime();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART);
  }

  @AfterEach
  void stopServers() {
    servers.close();
    scheduler.shutdownNow();
  }

  /** Stores the first parts and sees to it that the journal knows their checksums, then closes. */
  private UploadId uploadHalf() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    servers.faults(
        head -> {
          int part = head.partNumber().orElse(0);
          if (part == STORED) {
            awaitOpen(gate);
          }
          return part > STORED ? new Fault.StallAfter(1) : Fault.pass();
        });
    RecordingListener first = new RecordingListener();
    UploadId id;
    try (VideoUploader uploader =
        servers
            .uploader()
            .transferOptions(Servers.options().stallTimeout(Duration.ofMinutes(1)).build())
            .time(scheduler, time)
            .build()) {
      id = uploader.upload(request(first)).id();
      await().atMost(Duration.ofSeconds(20)).until(() -> first.parts().size() == STORED - 1);
      // the journal is written at most once a second
      time.advance(Duration.ofSeconds(2));
      gate.countDown();
      await().atMost(Duration.ofSeconds(20)).until(() -> first.parts().size() == STORED);
    }
    first.verify("failed");
    servers.faults(head -> Fault.pass());
    assertThat(confirmedParts()).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    return id;
  }

  private static void awaitOpen(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Integer> confirmedParts() {
    JournalEntry entry = servers.journal.entries().get(0);
    JournalEntry.Transfer transfer = entry.transfer();
    return transfer == null ? List.of() : List.copyOf(transfer.confirmed().keySet());
  }

  private UploadRequest request(RecordingListener heard) {
    return UploadRequest.builder(file).listener(heard).build();
  }

  private void overwrite(long offset) throws IOException {
    FileTime before = Files.getLastModifiedTime(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), offset);
    }
    Files.setLastModifiedTime(file, before);
  }

  /** Goes on with the upload, which must fail without any effect, then discards it. */
  private SourceException resumeInVain(UploadId id) throws Exception {
    int parts = servers.partRequests().size();
    SourceException failure;
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.resume(id, listener).orElseThrow();
      failure = catchThrowableOfType(SourceException.class, upload::await);
      listener.verify("failed");
      assertThat(failure).hasMessageContaining("changed").hasMessageContaining("iscard");
      assertThat(failure.uploadId()).contains(id);
      assertThat(uploader.pending())
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.state()).isEqualTo(UploadState.FAILED);
                assertThat(p.failure()).contains(failure.getMessage());
              });
    }
    assertThat(servers.partRequests()).as("nothing more was sent").hasSize(parts);
    assertThat(servers.s3.keys()).as("nothing half-stored").isEmpty();
    assertThat(servers.backend.notifications()).isEmpty();
    return failure;
  }

  private void discardAndUploadAnew(UploadId id) throws Exception {
    // parts of a file that is no more are of no use
    assertThat(servers.s3.openUploads()).isEmpty();
    RecordingListener anew = new RecordingListener();
    try (VideoUploader uploader = servers.uploader().build()) {
      assertThat(uploader.discard(id)).isTrue();
      servers.verifyNothingIsLeft();
      VideoAsset asset = uploader.upload(request(anew)).await();
      anew.verify("completed");
      assertThat(asset.uploadId()).isNotEqualTo(id);
      servers.verifyStoredOnce(file, asset);
      assertThat(asset.checksum().orElseThrow().value()).isEqualTo(Crc32.of(file));
    }
  }

  @Test
  void anotherSizeIsFound() throws Exception {
    UploadId id = uploadHalf();
    FileTime before = Files.getLastModifiedTime(file);
    Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
    Files.setLastModifiedTime(file, before);
    SourceException failure = resumeInVain(id);
    assertThat(failure.isResumable()).isFalse();
    assertThat(failure)
        .hasMessageContaining("it had " + PARTS * PART + " bytes and has " + (PARTS * PART + 1));
    discardAndUploadAnew(id);
  }

  @Test
  void anotherTimeOfChangeIsFound() throws Exception {
    UploadId id = uploadHalf();
    FileTime before = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 1));
    SourceException failure = resumeInVain(id);
    assertThat(failure.isResumable()).isFalse();
    assertThat(failure).hasMessageContaining("it was last changed at");
    discardAndUploadAnew(id);
  }

  @Test
  void anotherContentInASampledPlaceIsFound() throws Exception {
    UploadId id = uploadHalf();
    overwrite(0);
    SourceException failure = resumeInVain(id);
    assertThat(failure.isResumable()).isFalse();
    assertThat(failure).hasMessageContaining("its content is another");
    discardAndUploadAnew(id);
  }

  @Test
  void anotherContentOfAStoredPartIsFound() throws Exception {
    UploadId id = uploadHalf();
    overwrite(UNSAMPLED);
    SourceException failure = resumeInVain(id);
    assertThat(failure.isResumable()).as("trying again does not help").isFalse();
    assertThat(failure.stage()).isEqualTo(Stage.TRANSFER);
    assertThat(failure).hasMessageContaining("part 2");
    discardAndUploadAnew(id);
  }

  @Test
  void theChangedFileIsAnotherUpload() throws Exception {
    UploadId id = uploadHalf();
    overwrite(0);
    try (VideoUploader uploader = servers.uploader().build()) {
      VideoAsset asset = uploader.upload(request(listener)).await();
      listener.verify("completed");
      assertThat(asset.uploadId()).isNotEqualTo(id);
      assertThat(uploader.pending()).extracting(PendingUpload::id).containsExactly(id);
      uploader.discard(id);
      servers.verifyStoredOnce(file, asset);
    }
  }

  @Test
  void aChangeJustBeforeCompleteIsFound() throws Exception {
    AtomicBoolean changed = new AtomicBoolean();
    servers.faults(
        head -> {
          if (head.partNumber().orElse(0) == PARTS && changed.compareAndSet(false, true)) {
            change();
          }
          return Fault.pass();
        });
    UploadId id;
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(request(listener));
      id = upload.id();
      SourceException failure = catchThrowableOfType(SourceException.class, upload::await);
      listener.verify("failed");
      assertThat(failure.isResumable()).isFalse();
      assertThat(failure).hasMessageContaining("its content is another");
    }
    assertThat(servers.requests(RequestHead::isComplete)).isEmpty();
    assertThat(servers.s3.keys()).isEmpty();
    assertThat(servers.backend.notifications()).isEmpty();
    discardAndUploadAnew(id);
  }

  /** In a part that is stored already. */
  private void change() {
    await().until(() -> listener.parts().stream().anyMatch(p -> p.partNumber() == 1));
    try {
      overwrite(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aFileThatIsAwayIsWaitedForByTheApp() throws Exception {
    UploadId id = uploadHalf();
    Path elsewhere = folder.resolve("elsewhere.mp4");
    Files.move(file, elsewhere);
    int before = servers.partRequests().size();
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.resume(id, listener).orElseThrow();
      SourceException failure = catchThrowableOfType(SourceException.class, upload::await);
      listener.verify("failed");
      assertThat(failure.isResumable()).isTrue();
      assertThat(failure).hasMessageContaining("is not there");
      assertThat(servers.s3.openUploads()).hasSize(1);

      Files.move(elsewhere, file);
      RecordingListener second = new RecordingListener();
      VideoAsset asset = uploader.resume(id, second).orElseThrow().await();
      second.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(servers.partRequests()).hasSize(before + PARTS - STORED);
  }

  @Test
  void aFileThatGoesAwayWhilePartsFlyEndsTheUploadResumable() throws Exception {
    Path elsewhere = folder.resolve("elsewhere.mp4");
    AtomicBoolean gone = new AtomicBoolean();
    servers.faults(
        head -> {
          if (head.partNumber().orElse(0) > 4 && gone.compareAndSet(false, true)) {
            move(elsewhere);
          }
          return Fault.pass();
        });
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(request(listener));
      SourceException failure = catchThrowableOfType(SourceException.class, upload::await);
      listener.verify("failed");
      assertThat(failure.isResumable()).isTrue();
      assertThat(servers.s3.keys()).isEmpty();

      Files.move(elsewhere, file);
      RecordingListener second = new RecordingListener();
      VideoAsset asset = uploader.upload(request(second)).await();
      second.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
  }

  private void move(Path elsewhere) {
    try {
      Files.move(file, elsewhere);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
