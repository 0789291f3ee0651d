package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.testservers.BackendCall.Operation;
import io.github.reelbeam.testservers.BackendFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stored video of which the backend does not know yet is told to it until it knows. */
class OutboxIT {
  private static final int PARTS = 2;
  private static final Duration DOWN = Duration.ofMinutes(10);

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final VirtualScheduler time = new VirtualScheduler();
  private final RecordingListener listener = new RecordingListener(time);
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART);
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private VideoUploader uploader() {
    return servers.uploaderIn(time);
  }

  private UploadRequest request(RecordingListener heard) {
    return UploadRequest.builder(file).listener(heard).build();
  }

  /** The answer to notifications for as long as the virtual time lasts. */
  private void notificationsAnswer(Supplier<BackendFault> fault) {
    servers.backendFaults(
        call -> call.operation() == Operation.NOTIFICATION ? fault.get() : BackendFault.none());
  }

  private BackendFault whileDown(BackendFault fault) {
    return time.elapsed().compareTo(DOWN) < 0 ? fault : BackendFault.none();
  }

  private VideoAsset runToTheEnd(Upload upload) throws InterruptedException {
    time.runUntil(() -> upload.completion().isDone());
    return upload.await();
  }

  private void verifyOutbox(VideoAsset asset) throws Exception {
    servers.verifyStoredOnce(file, asset);
    assertThat(asset.confirmed()).isTrue();
    assertThat(servers.partRequests()).hasSize(PARTS);
    assertThat(servers.backend.grants()).hasSize(1);
    assertThat(servers.backend.renewals()).isEmpty();
  }

  @Test
  void aBackendThatCannotBeReachedIsToldLater() throws Exception {
    // it hangs up on the first notification, and is gone from then on
    notificationsAnswer(
        () -> {
          servers.backendProxy.goOffline();
          return BackendFault.hangUp();
        });
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request(listener));
      time.runFor(DOWN);
      assertThat(upload.completion()).isNotDone();
      assertThat(upload.state()).isIn(UploadState.WAITING, UploadState.STORED);
      assertThat(upload.progress().fraction()).isEqualTo(1.0);
      notificationsAnswer(BackendFault::none);
      servers.backendProxy.goOnline();
      VideoAsset asset = runToTheEnd(upload);
      listener.verify("completed");
      verifyOutbox(asset);
    }
    assertThat(listener.changes())
        .anySatisfy(change -> assertThat(change.reason()).isEqualTo(WaitReason.OFFLINE));
    assertThat(servers.backend.notifications()).hasSize(1);
    assertThat(listener.retries()).isEmpty();
  }

  @Test
  void aBackendThatIsDownIsToldLater() throws Exception {
    notificationsAnswer(() -> whileDown(BackendFault.answer(503)));
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = runToTheEnd(uploader.upload(request(listener)));
      listener.verify("completed");
      verifyOutbox(asset);
    }
    assertThat(time.elapsed()).isBetween(DOWN, DOWN.plusMinutes(1));
    assertThat(servers.backend.notifications()).hasSize(1);
    assertThat(listener.changes())
        .anySatisfy(change -> assertThat(change.reason()).isEqualTo(WaitReason.BACKOFF));
  }

  @Test
  void restartsInBetweenChangeNothing() throws Exception {
    notificationsAnswer(() -> whileDown(BackendFault.answer(500)));
    UploadId id = null;
    for (int process = 1; process <= 3; process++) {
      RecordingListener stopped = new RecordingListener(time);
      try (VideoUploader uploader = uploader()) {
        Upload upload = uploader.upload(request(stopped));
        assertThat(id == null || id.equals(upload.id())).isTrue();
        id = upload.id();
        time.runUntil(() -> upload.state() == UploadState.WAITING);
        time.runFor(Duration.ofMinutes(2));
      }
      stopped.verify("failed");
      assertThat(servers.journal.entries())
          .singleElement()
          .satisfies(entry -> assertThat(entry.state()).isEqualTo(UploadState.STORED));
    }
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = runToTheEnd(uploader.upload(request(listener)));
      listener.verify("completed");
      assertThat(asset.uploadId()).isEqualTo(id);
      verifyOutbox(asset);
    }
    assertThat(servers.backend.notifications()).hasSize(1);
  }

  @Test
  void anAnswerThatBeliesTheEffectMakesNoSecondAsset() throws Exception {
    notificationsAnswer(() -> whileDown(BackendFault.answerAfterEffect(500)));
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = runToTheEnd(uploader.upload(request(listener)));
      listener.verify("completed");
      verifyOutbox(asset);
    }
    assertThat(servers.backend.notifications().size()).isGreaterThan(10);
  }

  @Test
  void anAnswerLostAfterTheEffectMakesNoSecondAsset() throws Exception {
    notificationsAnswer(() -> whileDown(BackendFault.hangUpAfterEffect()));
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = runToTheEnd(uploader.upload(request(listener)));
      listener.verify("completed");
      verifyOutbox(asset);
    }
    assertThat(servers.backend.notifications().size()).isGreaterThan(10);
  }

  @Test
  void aCaptivePortalDoesNotEndTheOutbox() throws Exception {
    notificationsAnswer(
        () ->
            whileDown(BackendFault.answer(200, "<html><body>Welcome to the hotel</body></html>")));
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = runToTheEnd(uploader.upload(request(listener)));
      listener.verify("completed");
      verifyOutbox(asset);
    }
    assertThat(servers.backend.notifications()).hasSize(1);
    assertThat(time.elapsed()).isGreaterThan(DOWN);
  }

  @Test
  void aRefusalIsKeptAndShown() throws Exception {
    notificationsAnswer(
        () ->
            BackendFault.answer(
                422,
                "{\"code\":\"album_is_full\",\"message\":\"this album takes no more videos\"}"));
    UploadId id;
    String said;
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request(listener));
      id = upload.id();
      time.runUntil(() -> upload.completion().isDone());
      NotificationException refused =
          catchThrowableOfType(NotificationException.class, upload::await);
      assertThat(refused.isResumable()).isFalse();
      assertThat(refused.code()).contains("album_is_full");
      assertThat(refused.status()).hasValue(422);
      assertThat(refused).hasMessageContaining("this album takes no more videos");
      said = refused.getMessage();
      listener.verify("failed");
    }

    // in a later process too: still shown, and again refused
    RecordingListener second = new RecordingListener(time);
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.pending())
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.state()).isEqualTo(UploadState.FAILED);
                assertThat(p.failure()).contains(said);
              });
      Upload again = uploader.resume(id, second).orElseThrow();
      time.runUntil(() -> again.completion().isDone());
      second.verify("failed");
      assertThat(uploader.pending()).hasSize(1);
    }

    // until the backend has thought better of it
    notificationsAnswer(BackendFault::none);
    RecordingListener third = new RecordingListener(time);
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = runToTheEnd(uploader.resume(id, third).orElseThrow());
      third.verify("completed");
      verifyOutbox(asset);
    }
    assertThat(servers.backend.notifications()).hasSize(1);
  }
}
