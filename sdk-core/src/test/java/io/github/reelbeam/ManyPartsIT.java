package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.credentials.CredentialsFetcher;
import io.github.reelbeam.credentials.TemporaryCredentials;
import io.github.reelbeam.credentials.UploadGrant;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.notify.AssetNotifier;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than 1,000 parts: S3 lists them in pages (Uppy once read only the first). */
class ManyPartsIT {
  private static final int PARTS = 1045;
  private static final int LAST_SIZE = 777;
  private static final long SIZE = (PARTS - 1L) * PART + LAST_SIZE;
  private static final Set<Integer> MISSING = new TreeSet<>(Set.of(1, 500, 1000, 1001, 1002, 1045));

  /** A part with bytes in it, beyond the first page; all others are zeros. */
  private static final int MARKED = 1020;

  private static final byte[] HEAD = {0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2'};

  @TempDir Path folder;

  @Test
  void onlyTheMissingPartsAreSent() throws Exception {
    Path file = sparse();
    UploadJournal journal = UploadJournal.inMemory();
    try (PagingStore store = new PagingStore()) {
      UploadGrant grant = grant(store);
      store.takesParts(false);
      RecordingListener first = new RecordingListener();
      try (VideoUploader uploader = uploader(grant, journal)) {
        Upload begun = uploader.upload(UploadRequest.builder(file).listener(first).build());
        assertThatExceptionOfType(TransferException.class).isThrownBy(begun::await);
        first.verify("failed");
      }
      assertThat(store.uploaded()).isEmpty();
      storeAllButTheMissing(store);
      store.takesParts(true);

      RecordingListener second = new RecordingListener();
      try (VideoUploader uploader = uploader(grant, journal)) {
        VideoAsset asset =
            uploader.upload(UploadRequest.builder(file).listener(second).build()).await();
        second.verify("completed");
        assertThat(asset.checksum().orElseThrow().value()).isEqualTo(crc32());
        assertThat(asset.size()).isEqualTo(SIZE);
      }
      assertThat(store.uploaded()).containsExactlyInAnyOrderElementsOf(MISSING);
      assertThat(store.completed()).isEqualTo(IntStream.rangeClosed(1, PARTS).boxed().toList());
      assertThat(store.markers()).as("both pages").contains(0, 1005);
      assertThat(second.parts())
          .extracting(UploadListener.PartCompleted::partNumber)
          .containsExactlyInAnyOrderElementsOf(MISSING);
      assertThat(second.progress())
          .extracting(UploadProgress::committedBytes)
          .filteredOn(bytes -> bytes > 0)
          .first()
          .isEqualTo(SIZE - (MISSING.size() - 1L) * PART - LAST_SIZE);
      assertThat(journal.entries()).isEmpty();
    }
  }

  /** What {@code crc32 file} says, without reading the file again. */
  private static String crc32() {
    CRC32 crc = new CRC32();
    byte[] zeros = new byte[PART];
    for (int part = 1; part <= PARTS; part++) {
      byte[] start = part == 1 ? HEAD : part == MARKED ? marks() : new byte[0];
      crc.update(start);
      crc.update(zeros, 0, (part == PARTS ? LAST_SIZE : PART) - start.length);
    }
    return Crc32.base64((int) crc.getValue());
  }

  private Path sparse() throws IOException {
    Path file = folder.resolve("feature.mp4");
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(SIZE);
      out.write(HEAD);
      out.seek((MARKED - 1L) * PART);
      out.write(marks());
    }
    return file;
  }

  private static byte[] marks() {
    byte[] marks = new byte[1000];
    Arrays.fill(marks, (byte) 7);
    return marks;
  }

  private static void storeAllButTheMissing(PagingStore store) {
    PagingStore.Stored zeros = new PagingStore.Stored(PART, Crc32.base64(Crc32.of(new byte[PART])));
    PagingStore.Stored marked =
        new PagingStore.Stored(PART, Crc32.base64(Crc32.of(Arrays.copyOf(marks(), PART))));
    IntStream.rangeClosed(1, PARTS)
        .filter(part -> !MISSING.contains(part))
        .forEach(part -> store.has(part, part == MARKED ? marked : zeros));
  }

  private static UploadGrant grant(PagingStore store) {
    TemporaryCredentials credentials =
        new TemporaryCredentials(
            "AKIDEXAMPLE", "secret", "token", Instant.now().plus(Duration.ofHours(1)));
    return new UploadGrant(
        credentials,
        "videos",
        "incoming/feature.mp4",
        "eu-central-1",
        store.uri(),
        true,
        null,
        Duration.ofHours(1));
  }

  private static VideoUploader uploader(UploadGrant grant, UploadJournal journal) {
    return VideoUploader.builder()
        .credentialsFetcher(CredentialsFetcher.of(grant))
        .assetNotifier(AssetNotifier.none())
        .journal(journal)
        .transferOptions(Servers.options().build())
        .build();
  }
}
