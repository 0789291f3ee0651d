package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.BackendCall.Operation;
import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.Notification;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The request that makes the object out of the parts is answered in a way that says too little. */
class AmbiguousCompleteIT {
  private static final int PARTS = 3;

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART - 4321);
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private VideoAsset upload() throws InterruptedException {
    try (VideoUploader uploader = servers.uploader().build()) {
      return uploader.upload(UploadRequest.builder(file).listener(listener).build()).await();
    }
  }

  private void faultAtFirstComplete(Fault fault) {
    faultsAtComplete(fault, Fault.pass());
  }

  private void faultsAtComplete(Fault first, Fault repetition) {
    servers.faults(
        head -> {
          if (!head.isComplete()) {
            return Fault.pass();
          }
          return head.attempt() == 1 ? first : repetition;
        });
  }

  static Stream<Arguments> answersAfterTheEffect() {
    return Stream.of(
        Arguments.of("connection lost", new Fault.DropResponse()),
        Arguments.of("200 with an error", Fault.okWithErrorAfterEffect()),
        Arguments.of("500", Fault.internalErrorAfterEffect()),
        Arguments.of("stall", new Fault.StallResponse()));
  }

  /** As AWS does for a while, the embedded store answers who completes twice. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("answersAfterTheEffect")
  void aStoreThatRepeatsItsAnswerConfirms(String name, Fault fault) throws Exception {
    faultAtFirstComplete(fault);
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    assertThat(asset.confirmed()).isTrue();
    assertThat(asset.eTag()).isNotEmpty();
    assertThat(servers.requests(RequestHead::isComplete)).hasSize(2);
    assertThat(servers.partRequests()).hasSize(PARTS);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersAfterTheEffect")
  void theBackendLooksIfNobodySawThatItSucceeded(String name, Fault fault) throws Exception {
    faultsAtComplete(fault, Fault.noSuchUpload());
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    assertThat(asset.confirmed()).isFalse();
    assertThat(lastNotification().body().path("confirmed").asBoolean(true)).isFalse();
    assertThat(servers.partRequests()).hasSize(PARTS);
    assertThat(servers.requests(RequestHead::isCreate)).hasSize(1);
  }

  static Stream<Arguments> answersBeforeTheEffect() {
    return Stream.of(
        Arguments.of("connection lost", new Fault.ResetAfter(10)),
        Arguments.of("200 with an error", Fault.okWithError()),
        Arguments.of("500", Fault.internalError()),
        Arguments.of("stall", new Fault.StallAfter(10)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersBeforeTheEffect")
  void itIsRepeatedUntilItSucceeds(String name, Fault fault) throws Exception {
    faultAtFirstComplete(fault);
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    assertThat(asset.confirmed()).isTrue();
    assertThat(servers.requests(RequestHead::isComplete)).hasSize(2);
    assertThat(servers.partRequests()).hasSize(PARTS);
  }

  @Test
  void anotherProcessFindsThatItSucceeded() throws Exception {
    faultAtFirstComplete(new Fault.StallResponse());
    RecordingListener first = new RecordingListener();
    Upload stopped;
    try (VideoUploader uploader = servers.uploader().build()) {
      stopped = uploader.upload(UploadRequest.builder(file).listener(first).build());
      await().until(() -> !servers.s3.keys().isEmpty());
    }
    first.verify("failed");
    assertThat(catchThrowableOfType(UploadException.class, stopped::await).isResumable()).isTrue();
    assertThat(servers.journal.entries()).hasSize(1);
    assertThat(servers.backend.notifications()).isEmpty();

    VideoAsset asset = upload();
    listener.verify("completed");
    assertThat(asset.uploadId()).isEqualTo(stopped.id());
    assertThat(asset.confirmed()).isFalse();
    servers.verifyStoredOnce(file, asset);
    assertThat(servers.partRequests()).hasSize(PARTS);
  }

  @Test
  void anotherProcessRepeatsWhatHadNoEffect() throws Exception {
    faultAtFirstComplete(new Fault.StallAfter(1));
    RecordingListener first = new RecordingListener();
    try (VideoUploader uploader = servers.uploader().build()) {
      uploader.upload(UploadRequest.builder(file).listener(first).build());
      await().until(() -> !servers.requests(RequestHead::isComplete).isEmpty());
    }
    first.verify("failed");
    assertThat(servers.s3.keys()).isEmpty();

    VideoAsset asset = upload();
    listener.verify("completed");
    assertThat(asset.confirmed()).isTrue();
    servers.verifyStoredOnce(file, asset);
    assertThat(servers.partRequests()).hasSize(PARTS);
  }

  /** The multipart upload is lost, but it might as well have been completed. */
  @Test
  void whatTheBackendDoesNotFindIsSentAgain() throws Exception {
    loseTheUploadAtFirstComplete();
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    assertThat(asset.confirmed()).isTrue();
    assertThat(servers.partRequests()).hasSize(2 * PARTS);
    assertThat(servers.backend.grants())
        .singleElement()
        .satisfies(g -> assertThat(g.key()).isEqualTo(asset.key()));
    assertThat(servers.backend.notifications())
        .extracting(n -> n.body().path("confirmed").asBoolean())
        .containsExactly(false, true);
  }

  private void loseTheUploadAtFirstComplete() {
    AtomicBoolean lost = new AtomicBoolean();
    servers.faults(
        head -> {
          if (head.isComplete() && lost.compareAndSet(false, true)) {
            servers.s3.abortUploads(servers.backend.grants().get(0).key());
            return Fault.noSuchUpload();
          }
          return Fault.pass();
        });
  }

  @Test
  void aBackendThatNeverFindsTheObjectEndsTheUpload() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    servers.backendFaults(
        call -> {
          if (call.operation() != Operation.NOTIFICATION) {
            return BackendFault.none();
          }
          asked.incrementAndGet();
          return BackendFault.answer(
              404, "{\"code\":\"asset_not_found\",\"message\":\"no such object\"}");
        });
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(UploadRequest.builder(file).listener(listener).build());
      NotificationException refused =
          catchThrowableOfType(NotificationException.class, upload::await);
      assertThat(refused.code()).contains("asset_not_found");
      assertThat(refused).hasMessageContaining("no such object");
      listener.verify("failed");
      assertThat(uploader.pending())
          .singleElement()
          .satisfies(p -> assertThat(p.state()).isEqualTo(UploadState.FAILED));
    }
    assertThat(asked).hasValue(2);
    assertThat(servers.partRequests()).as("sent twice, not for ever").hasSize(2 * PARTS);
    assertThat(servers.s3.keys()).hasSize(1);
    assertThat(servers.s3.openUploads()).isEmpty();

    // once the backend sees the object, its notification is all that is left to do
    servers.backendFaults(call -> BackendFault.none());
    RecordingListener second = new RecordingListener();
    try (VideoUploader uploader = servers.uploader().build()) {
      VideoAsset asset =
          uploader.upload(UploadRequest.builder(file).listener(second).build()).await();
      second.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(servers.partRequests()).hasSize(2 * PARTS);
  }

  /** A single PUT can be repeated: it puts the same object in the same place. */
  @Test
  void anObjectOfOnePartIsPutAgain() throws Exception {
    file = TestFiles.random(folder.resolve("short.mp4"), 12_345);
    servers.faults(
        head ->
            head.method().equals("PUT") && head.attempt() == 1
                ? new Fault.DropResponse()
                : Fault.pass());
    VideoAsset asset = upload();
    listener.verify("completed");
    servers.verifyStoredOnce(file, asset);
    assertThat(asset.confirmed()).isTrue();
    assertThat(servers.requests(head -> head.method().equals("PUT"))).hasSize(2);
  }

  private Notification lastNotification() {
    var all = servers.backend.notifications();
    return all.get(all.size() - 1);
  }
}
