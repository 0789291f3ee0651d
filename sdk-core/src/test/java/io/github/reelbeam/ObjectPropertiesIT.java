package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.TransferOptions.ChecksumMode;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.RequestHead;
import io.github.reelbeam.testservers.StoredObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the app says of the object reaches it, whether it goes in parts or in one piece. (Amplify
 * for Android has lost content type and encryption on the way in parts.)
 */
class ObjectPropertiesIT {
  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final List<RequestHead> heads = new CopyOnWriteArrayList<>();

  @BeforeEach
  void record() {
    servers.faults(
        head -> {
          heads.add(head);
          return Fault.pass();
        });
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 2 * PART})
  void contentTypeAndMetadataAreStoredWithTheObject(int size) throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.webm"), size);
    VideoAsset asset;
    try (VideoUploader uploader = servers.uploader().build()) {
      asset =
          uploader
              .upload(
                  UploadRequest.builder(file)
                      .contentType("video/x-own")
                      .metadata("Title", "Holiday in May")
                      .metadata("author", "ada")
                      .build())
              .await();
    }
    StoredObject stored = servers.s3.find(asset.key()).orElseThrow();
    assertThat(stored.contentType()).isEqualTo("video/x-own");
    assertThat(stored.metadata())
        .containsAllEntriesOf(Map.of("title", "Holiday in May", "author", "ada"));
    assertThat(stored.eTag()).contains(asset.eTag());
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 2 * PART})
  void storageClassAndEncryptionAreAskedFor(int size) throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), size);
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload =
          uploader.upload(
              UploadRequest.builder(file)
                  .storageClass("STANDARD_IA")
                  .encryption(ServerSideEncryption.kms("key-1"))
                  .build());
      // this store has no encryption, and says so: trying again would not help
      TransferException refused = catchThrowableOfType(TransferException.class, upload::await);
      assertThat(refused).hasMessageContaining("501 NotImplemented");
      assertThat(refused.isResumable()).isFalse();
    }
    assertThat(heads).hasSize(1);
    // the request that makes the object: the whole PUT, or the one that opens the multipart upload
    RequestHead first = heads.get(0);
    assertThat(first.headers())
        .containsEntry("x-amz-storage-class", "STANDARD_IA")
        .containsEntry("x-amz-server-side-encryption", "aws:kms")
        .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "key-1");
  }

  @Test
  void everyPartAndTheWholeCarryTheirChecksum() throws Exception {
    upload(ChecksumMode.CRC32);
    assertThat(heads)
        .filteredOn(head -> head.partNumber().isPresent())
        .hasSize(3)
        .allSatisfy(head -> assertThat(head.headers()).containsKey("x-amz-checksum-crc32"));
    assertThat(heads)
        .filteredOn(RequestHead::isCreate)
        .allSatisfy(
            head ->
                assertThat(head.headers())
                    .containsEntry("x-amz-checksum-algorithm", "CRC32")
                    .containsEntry("x-amz-checksum-type", "FULL_OBJECT"));
    assertThat(heads)
        .filteredOn(RequestHead::isComplete)
        .allSatisfy(
            head ->
                assertThat(head.headers())
                    .containsKey("x-amz-checksum-crc32")
                    .containsEntry("x-amz-mp-object-size", Integer.toString(2 * PART + 1)));
  }

  @Test
  void withoutChecksumsNoHeaderSpeaksOfThem() throws Exception {
    VideoAsset asset = upload(ChecksumMode.NONE);
    assertThat(asset.checksum()).isEmpty();
    assertThat(heads)
        .allSatisfy(
            head ->
                assertThat(head.headers().keySet())
                    .noneMatch(name -> name.contains("checksum") || name.equals("content-md5")));
  }

  @Test
  void bodiesGoAsTheyAreAndWithoutAskingFirst() throws Exception {
    upload(ChecksumMode.CRC32);
    assertThat(heads)
        .filteredOn(head -> head.partNumber().isPresent())
        .allSatisfy(
            head ->
                assertThat(head.headers())
                    .doesNotContainKeys("expect", "transfer-encoding", "x-amz-trailer")
                    .containsKey("content-length"));
  }

  private VideoAsset upload(ChecksumMode mode) throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), 2 * PART + 1);
    TransferOptions options = Servers.options().checksum(mode).build();
    VideoAsset asset;
    try (VideoUploader uploader = servers.uploader().transferOptions(options).build()) {
      asset = uploader.upload(UploadRequest.builder(file).build()).await();
    }
    assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);
    return asset;
  }
}
