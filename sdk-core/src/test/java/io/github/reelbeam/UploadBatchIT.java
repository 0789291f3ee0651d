package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.journal.JournalEntry;
import io.github.reelbeam.testservers.BackendFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadBatchIT {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final RecordingBatchListener listener = new RecordingBatchListener();
  private final List<Path> files = new ArrayList<>();

  @BeforeEach
  void makeFiles() throws Exception {
    for (int i = 0; i < 5; i++) {
      files.add(TestFiles.random(folder.resolve("clip" + i + ".mp4"), 100_000 + i));
    }
    files.add(TestFiles.random(folder.resolve("long.mp4"), 3 * PART));
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private VideoUploader uploader(int concurrentUploads) {
    return servers
        .uploader()
        .transferOptions(Servers.options().concurrentUploads(concurrentUploads).build())
        .build();
  }

  private List<UploadRequest> requests() {
    return files.stream().map(file -> UploadRequest.builder(file).build()).toList();
  }

  @Test
  void tellsOfAllAndComesToOneEnd() throws Exception {
    try (VideoUploader uploader = uploader(3)) {
      UploadBatch batch = uploader.uploadAll(requests(), listener);
      UploadBatch.Result result = batch.await(LONGEST);
      assertThat(result.completed())
          .extracting(VideoAsset::fileName)
          .containsExactly(
              "clip0.mp4", "clip1.mp4", "clip2.mp4", "clip3.mp4", "clip4.mp4", "long.mp4");
      BatchProgress end = listener.verify(6);
      assertThat(end.filesCompleted()).isEqualTo(6);
      assertThat(end.fraction()).isEqualTo(1.0);
      assertThat(end.committedBytes()).isEqualTo(end.totalBytes()).isEqualTo(500_010 + 3 * PART);
      assertThat(end.remainingBytes()).isZero();
      assertThat(batch.completion()).isCompletedWithValue(result);
    }
  }

  @Test
  void oneThatFailsHoldsUpNoOther() throws Exception {
    servers.backendFaults(
        call ->
            call.body().contains("clip2.mp4")
                ? new BackendFault.Answer(403, Map.of(), "{\"code\":\"no\"}", false)
                : BackendFault.none());
    try (VideoUploader uploader = uploader(2)) {
      UploadBatch.Result result = uploader.uploadAll(requests(), listener).await(LONGEST);
      assertThat(result.isComplete()).isFalse();
      assertThat(result.completed()).hasSize(5);
      assertThat(result.failed()).singleElement().isInstanceOf(GrantException.class);
      BatchProgress end = listener.verify(6);
      assertThat(end.filesFailed()).isEqualTo(1);
      assertThat(end.fraction()).isLessThan(1.0);
      assertThat(end.remainingBytes()).isZero();
    }
  }

  @Test
  void nothingIsBegunIfOneSourceIsMissing() {
    files.add(folder.resolve("missing.mp4"));
    try (VideoUploader uploader = uploader(2)) {
      assertThatExceptionOfType(SourceException.class)
          .isThrownBy(() -> uploader.uploadAll(requests()))
          .withMessageContaining("missing.mp4");
      assertThat(uploader.pending()).isEmpty();
    }
    assertThat(servers.backend.grants()).isEmpty();
  }

  /** The third is in other hands: what was noted of the second goes, the older first one stays. */
  @Test
  void nothingIsBegunIfOneIsClaimedElsewhere() throws Exception {
    UploadId older = pausedAndLeft(files.get(0));
    try (VideoUploader other = uploader(2);
        VideoUploader uploader = uploader(2)) {
      Upload theirs = other.upload(UploadRequest.builder(files.get(2)).build());
      theirs.pause();
      await().until(() -> theirs.state() == UploadState.PAUSED);
      int grants = servers.backend.grants().size();
      assertThatExceptionOfType(JournalException.class)
          .isThrownBy(() -> uploader.uploadAll(requests()));
      assertThat(servers.journal.entries())
          .extracting(JournalEntry::id)
          .containsExactlyInAnyOrder(older, theirs.id());
      assertThat(servers.backend.grants()).hasSize(grants);
      // the older one was given back
      assertThat(uploader.resume(older).orElseThrow().await(LONGEST)).isNotNull();
    }
  }

  private UploadId pausedAndLeft(Path file) {
    servers.backendFaults(call -> new BackendFault.Answer(503, Map.of(), "", false));
    try (VideoUploader before = uploader(1)) {
      return before.upload(UploadRequest.builder(file).build()).id();
    } finally {
      servers.backendFaults(call -> BackendFault.none());
    }
  }

  @Test
  void severalRequestsForOneSourceAreOneUpload() throws Exception {
    RecordingListener first = new RecordingListener();
    RecordingListener second = new RecordingListener();
    try (VideoUploader uploader = uploader(2)) {
      UploadBatch batch =
          uploader.uploadAll(
              List.of(
                  UploadRequest.builder(files.get(0)).listener(first).build(),
                  UploadRequest.builder(files.get(1)).build(),
                  UploadRequest.builder(files.get(0))
                      .priority(UploadPriority.HIGH)
                      .listener(second)
                      .build()),
              listener);
      assertThat(batch.uploads()).hasSize(2);
      assertThat(batch.uploads().get(0).priority()).isEqualTo(UploadPriority.HIGH);
      assertThat(batch.await(LONGEST).completed()).hasSize(2);
      listener.verify(2);
      first.verify("completed");
      second.verify("completed");
    }
    assertThat(servers.s3.keys()).hasSize(2);
  }

  @Test
  void pausesGoesOnAndIsCancelledAsAWhole() throws Exception {
    try (VideoUploader uploader = uploader(2)) {
      UploadBatch batch = uploader.uploadAll(requests(), listener);
      batch.pause();
      await()
          .atMost(LONGEST)
          .untilAsserted(
              () ->
                  assertThat(batch.uploads())
                      .extracting(Upload::state)
                      .isSubsetOf(UploadState.PAUSED, UploadState.NOTIFIED));
      assertThat(batch.completion()).isNotDone();
      batch.resume();
      await().atMost(LONGEST).until(() -> batch.progress().filesCompleted() > 0);
      batch.cancel();
      UploadBatch.Result result = batch.await(LONGEST);
      assertThat(result.failed()).isEmpty();
      assertThat(result.completed().size() + result.cancelled().size()).isEqualTo(6);
      listener.verify(6);
    }
    servers.verifyNothingIsLeft();
  }

  @Test
  void aListenerThatComesLateHearsHowFarTheyAreAndHowTheyEnd() throws Exception {
    try (VideoUploader uploader = uploader(2)) {
      UploadBatch batch = uploader.uploadAll(requests());
      await().atMost(LONGEST).until(() -> batch.progress().filesCompleted() > 0);
      batch.addListener(listener);
      batch.await(LONGEST);
      assertThat(listener.verifyLate().orElseThrow().filesCompleted()).isEqualTo(6);

      RecordingBatchListener last = new RecordingBatchListener();
      batch.addListener(last);
      assertThat(last.verifyLate()).as("all it hears is the end").isEmpty();
    }
  }

  @Test
  void noneAtAllIsAtItsEnd() throws Exception {
    try (VideoUploader uploader = uploader(2)) {
      UploadBatch batch = uploader.uploadAll(List.of(), listener);
      assertThat(batch.await(LONGEST).isComplete()).isTrue();
      assertThat(listener.verify(0).fraction()).isEqualTo(1.0);
    }
  }

  @Test
  void closingTheUploaderEndsTheBatch() throws Exception {
    UploadBatch batch;
    try (VideoUploader uploader = uploader(1)) {
      batch = uploader.uploadAll(requests(), listener);
    }
    UploadBatch.Result result = batch.await(LONGEST);
    assertThat(result.failed()).isNotEmpty().allMatch(UploadException::isResumable);
    listener.verify(6);
  }
}
