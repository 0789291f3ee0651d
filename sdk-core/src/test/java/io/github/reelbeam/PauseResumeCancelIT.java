package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.BackendCall.Operation;
import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping an upload, and letting it go on. */
class PauseResumeCancelIT {
  private static final int PARTS = 8;

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART - 1);
    // parts 5 to 8 crawl, so that there is time to stop the upload in the middle of them
    servers.faults(
        head -> head.partNumber().orElse(0) > 4 ? new Fault.LimitRate(256 * 1024) : Fault.pass());
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private VideoUploader uploader() {
    return servers
        .uploader()
        .transferOptions(Servers.options().stallTimeout(Duration.ofMinutes(1)).build())
        .build();
  }

  private UploadRequest request() {
    return UploadRequest.builder(file).listener(listener).build();
  }

  private void awaitHalfTime() {
    await().atMost(Duration.ofSeconds(20)).until(() -> listener.parts().size() >= 4);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> servers.proxy.bodyBytesReceived() > 4 * PART);
  }

  @Test
  void pausesAndGoesOnWithoutSendingAStoredPartAgain() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime();
      upload.pause();
      await().until(() -> upload.state() == UploadState.PAUSED);
      assertThat(upload.completion()).isNotDone();
      assertThat(servers.s3.openUploads()).hasSize(1);
      servers.faults(head -> Fault.pass());

      upload.resume();
      VideoAsset asset = upload.await(Duration.ofSeconds(30));
      assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);
    }
    listener.verify("completed");
    assertThat(listener.states()).contains(UploadState.PAUSED);
    assertThat(servers.s3.openUploads()).isEmpty();
    var passed =
        servers.partRequests().stream()
            .filter(r -> r.outcome() == ProxiedRequest.Outcome.PASSED)
            .collect(
                Collectors.groupingBy(r -> r.partNumber().orElseThrow(), Collectors.counting()));
    assertThat(passed).hasSize(PARTS).allSatisfy((part, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void cancelLeavesNothingBehind() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime();
      upload.cancel();
      assertThatExceptionOfType(CancellationException.class).isThrownBy(upload::await);
      assertThat(upload.completion()).isCancelled();
      assertThat(upload.state()).isEqualTo(UploadState.CANCELLED);
    }
    listener.verify("cancelled");
    assertThat(servers.s3.openUploads()).isEmpty();
    assertThat(servers.s3.keys()).isEmpty();
    assertThat(servers.journal.entries()).isEmpty();
    assertThat(servers.backend.assets()).isEmpty();
  }

  @Test
  void cancelsWhilePaused() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime();
      upload.pause();
      await().until(() -> upload.state() == UploadState.PAUSED);
      upload.cancel();
      assertThatExceptionOfType(CancellationException.class).isThrownBy(upload::await);
    }
    listener.verify("cancelled");
    assertThat(servers.s3.openUploads()).isEmpty();
    assertThat(servers.journal.entries()).isEmpty();
  }

  @Test
  void closingTheUploaderKeepsWhatIsStored() throws Exception {
    Upload upload;
    try (VideoUploader uploader = uploader()) {
      upload = uploader.upload(request());
      awaitHalfTime();
    }
    UploadException failure = catchThrowableOfType(UploadException.class, upload::await);
    assertThat(failure.isResumable()).isTrue();
    listener.verify("failed");
    assertThat(servers.s3.openUploads())
        .singleElement()
        .satisfies(open -> assertThat(open.partNumbers()).contains(1, 2, 3, 4));

    servers.faults(head -> Fault.pass());
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.pending()).hasSize(1);
      Upload resumed = uploader.resumeAll().get(0);
      assertThat(resumed.id()).isEqualTo(upload.id());
      VideoAsset asset = resumed.await(Duration.ofSeconds(30));
      assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);
    }
    assertThat(servers.backend.assets()).hasSize(1);
  }

  @Test
  void aPendingUploadIsDiscardedById() throws Exception {
    Upload upload;
    try (VideoUploader uploader = uploader()) {
      upload = uploader.upload(request());
      awaitHalfTime();
    }
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.discard(upload.id())).isTrue();
      assertThat(uploader.discard(upload.id())).isFalse();
    }
    assertThat(servers.s3.openUploads()).isEmpty();
    assertThat(servers.journal.entries()).isEmpty();
  }

  @Test
  void theSameSourceIsUploadedOnce() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload first = uploader.upload(request());
      awaitHalfTime();
      RecordingListener another = new RecordingListener();
      Upload second = uploader.upload(UploadRequest.builder(file).listener(another).build());
      assertThat(second).isSameAs(first);
      first.pause();
      servers.faults(head -> Fault.pass());
      first.resume();
      second.await(Duration.ofSeconds(30));
      another.verify("completed");
    }
    assertThat(servers.backend.grants()).hasSize(1);
    assertThat(servers.backend.assets()).hasSize(1);
  }

  @Test
  void aLateListenerHearsWhereTheUploadIs() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime();
      RecordingListener late = new RecordingListener();
      upload.addListener(late);
      await().until(() -> !late.progress().isEmpty());
      assertThat(late.states().get(0)).isEqualTo(UploadState.TRANSFERRING);
      upload.cancel();
      late.verify("cancelled");
      RecordingListener tooLate = new RecordingListener();
      upload.addListener(tooLate);
      tooLate.verify("cancelled");
    }
  }

  @Test
  void aListenerThatComesToAPausedUploadHearsThatAllIsStored() throws Exception {
    servers.faults(head -> Fault.pass());
    servers.backendFaults(
        call ->
            call.operation() == Operation.NOTIFICATION
                ? BackendFault.retryAfter(Duration.ofMinutes(1))
                : BackendFault.none());
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      await().until(() -> listener.states().contains(UploadState.STORED));
      upload.pause();
      await().until(() -> upload.state() == UploadState.PAUSED);
      RecordingListener late = new RecordingListener();
      upload.addListener(late);
      await().until(() -> !late.progress().isEmpty());
      assertThat(late.progress().get(0).fraction()).isEqualTo(1.0);
      servers.backendFaults(call -> BackendFault.none());
      upload.resume();
      upload.await(Duration.ofSeconds(30));
      late.verify("completed");
    }
    listener.verify("completed");
  }
}
