package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anybody can check the object with {@code crc32 file}, and a store is not believed blindly. */
class IntegrityIT {
  private static final int PARTS = 3;

  /** As Ceph answers; the backend would find out about one that the store has not made. */
  private static final String NO_E_TAG = "";

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART - 777);
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private UploadRequest request(RecordingListener heard) {
    return UploadRequest.builder(file).listener(heard).build();
  }

  private VideoAsset upload() throws InterruptedException {
    try (VideoUploader uploader = servers.uploader().build()) {
      return uploader.upload(request(listener)).await();
    }
  }

  private void verifyChecksum(VideoAsset asset) throws Exception {
    String crc32 = Crc32.of(file);
    assertThat(asset.checksum()).contains(new VideoAsset.Checksum("CRC32", "FULL_OBJECT", crc32));
    assertThat(servers.backend.notifications())
        .allSatisfy(
            n -> {
              assertThat(n.body().at("/checksum/algorithm").asText()).isEqualTo("CRC32");
              assertThat(n.body().at("/checksum/type").asText()).isEqualTo("FULL_OBJECT");
              assertThat(n.body().at("/checksum/value").asText()).isEqualTo(crc32);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, PART, PART + 1, 2 * PART, 2 * PART + 12_345})
  void theBackendIsToldTheChecksumOfTheFile(int size) throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), size);
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    verifyChecksum(asset);
  }

  @Test
  void partsOfAnEarlierProcessCountToo() throws Exception {
    servers.faults(
        head -> head.partNumber().orElse(0) == 2 ? new Fault.StallAfter(1) : Fault.pass());
    RecordingListener first = new RecordingListener();
    try (VideoUploader uploader = servers.uploader().build()) {
      uploader.upload(request(first));
      await().until(() -> first.parts().size() == PARTS - 1);
    }
    first.verify("failed");
    servers.faults(head -> Fault.pass());
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    verifyChecksum(asset);
    assertThat(servers.partRequests()).hasSize(PARTS + 1);
  }

  @Test
  void anObjectThatNobodySawMadeHasAChecksumToo() throws Exception {
    servers.faults(
        head ->
            !head.isComplete()
                ? Fault.pass()
                : head.attempt() == 1 ? new Fault.DropResponse() : Fault.noSuchUpload());
    VideoAsset asset = upload();
    listener.verify("completed");
    assertThat(asset.confirmed()).isFalse();
    servers.verifyStoredOnce(file, asset);
    verifyChecksum(asset);
  }

  private void completeTells(String checksum, int times) {
    AtomicInteger told = new AtomicInteger();
    servers.faults(
        head ->
            head.isComplete() && told.incrementAndGet() <= times
                ? new Fault.AnswerAfterEffect(Fault.completed(NO_E_TAG, checksum))
                : Fault.pass());
  }

  @Test
  void theChecksumOfTheWholeIsBelieved() throws Exception {
    completeTells(Crc32.of(file), 1);
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    assertThat(servers.partRequests()).hasSize(PARTS);
  }

  @Test
  void theChecksumOfThePartsChecksumsIsBelieved() throws Exception {
    completeTells(Crc32.composite(file, PART), 1);
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    verifyChecksum(asset);
    assertThat(servers.partRequests()).hasSize(PARTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAAAA==", "AAAAAA==-3"})
  void anotherChecksumIsNotBelieved(String checksum) throws Exception {
    completeTells(checksum, 1);
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    verifyChecksum(asset);
    assertThat(servers.partRequests()).hasSize(2 * PARTS);
    assertThat(servers.requests(RequestHead::isCreate)).hasSize(2);
    assertThat(servers.backend.grants()).hasSize(1);
    assertThat(servers.backend.notifications()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AAAAAA==", "AAAAAA==-3"})
  void anotherChecksumTwiceEndsTheUpload(String checksum) throws Exception {
    completeTells(checksum, 5);
    TransferException failure = catchThrowableOfType(TransferException.class, this::upload);
    assertThat(failure).hasMessageContaining(checksum).hasMessageContaining(Crc32.of(file));
    listener.verify("failed");
    assertThat(servers.partRequests()).hasSize(2 * PARTS);
    assertThat(servers.backend.notifications()).isEmpty();

    // it is not taken for one that was completed unseen
    servers.faults(head -> Fault.pass());
    RecordingListener second = new RecordingListener();
    try (VideoUploader uploader = servers.uploader().build()) {
      VideoAsset asset = uploader.upload(request(second)).await();
      second.verify("completed");
      assertThat(asset.confirmed()).isTrue();
      servers.verifyStoredOnce(file, asset);
      verifyChecksum(asset);
    }
    assertThat(servers.partRequests()).hasSize(3 * PARTS);
  }
}
