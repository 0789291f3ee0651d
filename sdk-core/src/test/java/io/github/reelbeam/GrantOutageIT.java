package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.testservers.BackendCall.Operation;
import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An upload waits for a backend that cannot give credentials at the moment. */
class GrantOutageIT {
  private static final int PARTS = 3;
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

  private void answers(Operation operation, Supplier<BackendFault> fault) {
    servers.backendFaults(
        call -> call.operation() == operation ? fault.get() : BackendFault.none());
  }

  private BackendFault whileDown(BackendFault fault) {
    return time.elapsed().compareTo(DOWN) < 0 ? fault : BackendFault.none();
  }

  private VideoAsset runToTheEnd(Upload upload) throws InterruptedException {
    time.runUntil(() -> upload.completion().isDone());
    return upload.await();
  }

  /** Leaves an upload behind with one part missing, as a process that was stopped does. */
  private void leaveHalfDone() throws Exception {
    servers.faults(
        head -> head.partNumber().orElse(0) == PARTS ? new Fault.StallAfter(1000) : Fault.pass());
    RecordingListener first = new RecordingListener(time);
    try (VideoUploader uploader = uploader()) {
      uploader.upload(request(first));
      await().until(() -> first.parts().size() == PARTS - 1);
    }
    first.verify("failed");
    servers.faults(head -> Fault.pass());
  }

  static Stream<Arguments> outages() {
    return Stream.of(
        Arguments.of("500", BackendFault.answer(500)),
        Arguments.of("503", BackendFault.answer(503)),
        Arguments.of("429", BackendFault.answer(429)),
        Arguments.of("connection lost", BackendFault.hangUp()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outages")
  void theFirstGrantIsWaitedFor(String name, BackendFault fault) throws Exception {
    answers(Operation.GRANT, () -> whileDown(fault));
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = runToTheEnd(uploader.upload(request(listener)));
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(time.elapsed()).isBetween(DOWN, DOWN.plusMinutes(1));
    assertThat(listener.changes())
        .anySatisfy(change -> assertThat(change.reason()).isEqualTo(WaitReason.BACKOFF));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("outages")
  void aRenewalIsWaitedFor(String name, BackendFault fault) throws Exception {
    leaveHalfDone();
    Duration restarted = time.elapsed();
    answers(
        Operation.RENEWAL,
        () -> time.elapsed().minus(restarted).compareTo(DOWN) < 0 ? fault : BackendFault.none());
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = runToTheEnd(uploader.upload(request(listener)));
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(time.elapsed().minus(restarted)).isGreaterThan(DOWN);
    assertThat(listener.changes())
        .anySatisfy(change -> assertThat(change.reason()).isEqualTo(WaitReason.BACKOFF));
    // the one that was cut off, and nothing of what was confirmed
    assertThat(servers.partRequests()).hasSize(PARTS + 1);
  }

  @Test
  void theWaitingHasAnEnd() throws Exception {
    answers(Operation.GRANT, () -> BackendFault.answer(503));
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request(listener));
      time.runUntil(() -> upload.completion().isDone());
      GrantException failure = catchThrowableOfType(GrantException.class, upload::await);
      assertThat(failure.isResumable()).isTrue();
      assertThat(failure.status()).hasValue(503);
    }
    listener.verify("failed");
    assertThat(time.elapsed()).isGreaterThan(RetryPolicy.defaults().giveUpAfter());
  }

  @Test
  void whoIsNotSignedInIsToldAtOnce() throws Exception {
    answers(Operation.GRANT, () -> BackendFault.answer(401));
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request(listener));
      await().until(() -> upload.completion().isDone());
      GrantException failure = catchThrowableOfType(GrantException.class, upload::await);
      assertThat(failure.isResumable()).isTrue();
    }
    listener.verify("failed");
    assertThat(time.elapsed()).isZero();
  }

  private BackendFault tooOld() {
    return BackendFault.answer(
        403, "{\"code\":\"renewal_expired\",\"message\":\"too old to be renewed\"}");
  }

  @Test
  void aGrantTooOldToBeRenewedIsReplaced() throws Exception {
    leaveHalfDone();
    answers(Operation.RENEWAL, this::tooOld);
    VideoAsset asset;
    try (VideoUploader uploader = uploader()) {
      asset = runToTheEnd(uploader.upload(request(listener)));
    }
    listener.verify("completed");
    assertThat(servers.backend.grants()).hasSize(2);
    assertThat(asset.key()).isEqualTo(servers.backend.grants().get(1).key());
    // no credentials can reach the old parts: they are left to the bucket's lifecycle rule
    servers.s3.abortUploads(servers.backend.grants().get(0).key());
    servers.verifyStoredOnce(file, asset);
  }

  /** The object is there already: a second one would be an orphan. */
  @Test
  void anUnseenCompletionOutlivesItsGrant() throws Exception {
    servers.faults(head -> head.isComplete() ? new Fault.StallResponse() : Fault.pass());
    RecordingListener first = new RecordingListener(time);
    try (VideoUploader uploader = uploader()) {
      uploader.upload(request(first));
      await().until(() -> !servers.s3.keys().isEmpty());
    }
    first.verify("failed");
    servers.faults(head -> Fault.pass());
    answers(Operation.RENEWAL, this::tooOld);
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = runToTheEnd(uploader.upload(request(listener)));
      listener.verify("completed");
      assertThat(asset.confirmed()).isFalse();
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(servers.backend.grants()).hasSize(1);
    assertThat(servers.partRequests()).hasSize(PARTS);
  }
}
