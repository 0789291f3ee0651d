package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way, grant to notification, against a real S3 server and a real backend. */
class UploadFlowIT {
  /** What an app wants of the backend's answer. */
  record Answer(String key) {}

  private static final int MIB = 1 << 20;

  @TempDir Path folder;
  private EmbeddedS3 s3;
  private EmbeddedBackend backend;
  private final UploadJournal journal = UploadJournal.inMemory();

  @BeforeEach
  void startServers() {
    s3 = EmbeddedS3.start();
    backend =
        EmbeddedBackend.builder(s3).bearerToken("secret-token", "alice").keepLeftovers().start();
  }

  @AfterEach
  void stopServers() {
    backend.close();
    s3.close();
  }

  private VideoUploader.Builder uploader() {
    return VideoUploader.builder()
        .backend(backend.uri(), () -> "Bearer secret-token")
        .journal(journal)
        .transferOptions(TransferOptions.builder().partSize(5 * MIB).parallelism(4).build());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5 * MIB - 1, 5 * MIB, 5 * MIB + 1, 10 * MIB, 33 * MIB + 7})
  void storesTheSameBytesAndTellsTheBackend(int size) throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), size);
    RecordingListener listener = new RecordingListener();
    VideoAsset asset;
    try (VideoUploader uploader = uploader().build()) {
      asset =
          uploader
              .upload(
                  UploadRequest.builder(file)
                      .metadata("title", "Holiday")
                      .listener(listener)
                      .build())
              .await();
    }
    listener.verify("completed");
    assertThat(TestFiles.mismatch(file, s3.open(asset.key()))).isEqualTo(-1);
    assertThat(asset.size()).isEqualTo(size);
    assertThat(asset.contentType()).isEqualTo("video/mp4");
    assertThat(asset.eTag()).isNotEmpty();
    assertThat(asset.checksum().orElseThrow().value()).isEqualTo(crc32(file));
    assertThat(asset.response()).contains(asset.key());
    assertThat(asset.responseAs(Answer.class)).isEqualTo(new Answer(asset.key()));
    assertThat(backend.assets()).hasSize(1);
    assertThat(s3.openUploads()).isEmpty();
    assertThat(journal.entries()).isEmpty();
    assertThat(listener.states())
        .containsExactly(
            UploadState.GRANTED,
            UploadState.TRANSFERRING,
            UploadState.STORED,
            UploadState.NOTIFIED);
    assertThat(listener.progress().get(listener.progress().size() - 1).fraction()).isEqualTo(1.0);
  }

  private static String crc32(Path file) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(java.nio.file.Files.readAllBytes(file));
    byte[] bytes = java.nio.ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
    return java.util.Base64.getEncoder().encodeToString(bytes);
  }
}
