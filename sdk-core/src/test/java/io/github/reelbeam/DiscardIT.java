package io.github.reelbeam;

import static io.github.reelbeam.Servers.MIB;
import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is discarded is gone, however often that is cut short; what is only closed is kept. */
class DiscardIT {
  private static final int PARTS = 6;

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final RecordingListener listener = new RecordingListener();
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
    return servers
        .uploader()
        .transferOptions(Servers.options().stallTimeout(Duration.ofMinutes(1)).build())
        .build();
  }

  private UploadRequest request(RecordingListener heard) {
    return UploadRequest.builder(file).listener(heard).build();
  }

  private static Fault stallLastParts(RequestHead head) {
    return head.partNumber().orElse(0) > 3 ? new Fault.StallAfter(1) : Fault.pass();
  }

  /** Leaves an upload with three parts in the store. */
  private UploadId uploadHalf() throws Exception {
    servers.faults(DiscardIT::stallLastParts);
    RecordingListener first = new RecordingListener();
    UploadId id;
    try (VideoUploader uploader = uploader()) {
      id = uploader.upload(request(first)).id();
      await().atMost(Duration.ofSeconds(20)).until(() -> first.parts().size() == 3);
    }
    first.verify("failed");
    servers.faults(head -> Fault.pass());
    assertThat(servers.s3.openUploads()).hasSize(1);
    return id;
  }

  /** Leaves a discard that is noted, but of which the store has not been told. */
  private UploadId discardInVain() throws Exception {
    UploadId id = uploadHalf();
    servers.faults(head -> head.isAbort() ? Fault.accessDenied() : Fault.pass());
    try (VideoUploader uploader = uploader()) {
      TransferException failure =
          catchThrowableOfType(TransferException.class, () -> uploader.discard(id));
      assertThat(failure.isResumable()).isTrue();
      assertThat(failure).hasMessageContaining("could not be discarded");
      assertThat(uploader.pending()).isEmpty();
    }
    servers.faults(head -> Fault.pass());
    assertThat(servers.s3.openUploads()).hasSize(1);
    assertThat(servers.journal.entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.state()).isEqualTo(UploadState.CANCELLED));
    return id;
  }

  private void awaitNothingLeft() {
    await().until(() -> servers.journal.entries().isEmpty());
    servers.verifyNothingIsLeft();
    assertThat(servers.s3.keys()).isEmpty();
  }

  @Test
  void aDiscardThatWasCutShortIsFinishedByResumeAll() throws Exception {
    discardInVain();
    int parts = servers.partRequests().size();
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.resumeAll()).isEmpty();
      assertThat(uploader.pending()).isEmpty();
      awaitNothingLeft();
    }
    assertThat(servers.partRequests()).hasSize(parts);
    assertThat(servers.backend.notifications()).isEmpty();
  }

  @Test
  void aDiscardThatWasCutShortIsFinishedBesideANewUploadOfTheFile() throws Exception {
    UploadId id = discardInVain();
    try (VideoUploader uploader = uploader()) {
      Upload anew = uploader.upload(request(listener));
      assertThat(anew.id()).isNotEqualTo(id);
      VideoAsset asset = anew.await();
      listener.verify("completed");
      await().until(() -> servers.journal.entries().isEmpty());
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(servers.backend.grants()).hasSize(2);
  }

  @Test
  void aDiscardThatWasCutShortIsFinishedThoughTheFileIsGone() throws Exception {
    discardInVain();
    Files.delete(file);
    try (VideoUploader uploader = uploader()) {
      uploader.resumeAll();
      awaitNothingLeft();
    }
  }

  @Test
  void aDiscardThatWasCutShortCanBeAskedForAgain() throws Exception {
    UploadId id = discardInVain();
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.discard(id)).isTrue();
      servers.verifyNothingIsLeft();
      assertThat(uploader.discard(id)).isFalse();
    }
  }

  @Test
  void aDiscardThatWasCutShortIsNotGoneOnWith() throws Exception {
    UploadId id = discardInVain();
    int parts = servers.partRequests().size();
    try (VideoUploader uploader = uploader()) {
      uploader
          .resume(id, listener)
          .ifPresent(upload -> await().until(() -> upload.completion().isDone()));
      listener.verify("cancelled");
      awaitNothingLeft();
    }
    assertThat(servers.partRequests()).hasSize(parts);
  }

  /** Once the app has closed it, it takes nothing up: nobody would give it back. */
  @Test
  void aClosedUploaderDoesNotBeginToFinishDiscards() throws Exception {
    discardInVain();
    VideoUploader closed = uploader();
    closed.close();
    assertThatIllegalStateException().isThrownBy(closed::resumeAll);
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.resumeAll()).isEmpty();
      awaitNothingLeft();
    }
  }

  @Test
  void cancelIsAsDurable() throws Exception {
    servers.faults(head -> head.isAbort() ? Fault.accessDenied() : stallLastParts(head));
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request(listener));
      await().atMost(Duration.ofSeconds(20)).until(() -> listener.parts().size() == 3);
      upload.cancel();
      assertThat(catchThrowableOfType(TransferException.class, upload::await))
          .hasMessageContaining("could not be discarded");
      listener.verify("failed");
      assertThat(uploader.pending()).isEmpty();
    }
    servers.faults(head -> Fault.pass());
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.resumeAll()).isEmpty();
      awaitNothingLeft();
    }
  }

  @Test
  void aCloseDoesNotWaitForANetworkToDiscard() throws Exception {
    servers.faults(DiscardIT::stallLastParts);
    VideoUploader first = uploader();
    Upload upload = first.upload(request(listener));
    await().atMost(Duration.ofSeconds(20)).until(() -> listener.parts().size() == 3);
    servers.goOffline();
    upload.cancel();
    await().until(() -> first.pending().isEmpty());
    CompletableFuture.runAsync(first::close).get(20, TimeUnit.SECONDS);
    listener.verify("failed");
    assertThat(catchThrowableOfType(UploadException.class, upload::await).isResumable()).isTrue();

    servers.goOnline();
    servers.faults(head -> Fault.pass());
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.pending()).isEmpty();
      assertThat(uploader.resumeAll()).isEmpty();
      awaitNothingLeft();
    }
  }

  @Test
  void whatTheStoreDoesNotKnowAnyMoreIsDiscarded() throws Exception {
    UploadId id = uploadHalf();
    servers.s3.abortUploads(servers.backend.grants().get(0).key());
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.discard(id)).isTrue();
    }
    servers.verifyNothingIsLeft();
    assertThat(servers.requests(RequestHead::isAbort))
        .singleElement()
        .satisfies(abort -> assertThat(abort.status()).isEqualTo(404));
  }

  @Test
  void whatIsOldIsDiscarded() throws Exception {
    uploadHalf();
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.discardOlderThan(Duration.ofDays(1))).isZero();
      assertThat(uploader.pending()).hasSize(1);
      assertThat(uploader.discardOlderThan(Duration.ZERO)).isEqualTo(1);
    }
    servers.verifyNothingIsLeft();
  }

  @Test
  void whatIsUnderWayIsNotOld() throws Exception {
    servers.faults(DiscardIT::stallLastParts);
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request(listener));
      await().atMost(Duration.ofSeconds(20)).until(() -> listener.parts().size() == 3);
      assertThat(uploader.discardOlderThan(Duration.ZERO)).isZero();
      upload.pause();
      await().until(() -> upload.state() == UploadState.PAUSED);
      assertThat(uploader.discardOlderThan(Duration.ZERO)).isZero();
      servers.faults(head -> Fault.pass());
      upload.resume();
      VideoAsset asset = upload.await();
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
  }

  /** The cancel has been asked for, though the journal may not know of it yet. */
  @Test
  void theFileOfAnUploadThatIsBeingCancelledIsANewUpload() throws Exception {
    servers.faults(DiscardIT::stallLastParts);
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request(listener));
      await().atMost(Duration.ofSeconds(20)).until(() -> listener.parts().size() == 3);
      servers.faults(head -> Fault.pass());
      upload.cancel();
      RecordingListener second = new RecordingListener();
      VideoAsset asset = uploader.upload(request(second)).await();
      second.verify("completed");
      listener.verify("cancelled");
      assertThat(asset.uploadId()).isNotEqualTo(upload.id());
      servers.verifyStoredOnce(file, asset);
    }
  }

  /** Its id is in the answer: without that nobody could abort it, and it would cost money. */
  @Test
  void aCancelLeavesNoMultipartUploadThatTheStoreIsJustOpening() throws Exception {
    CountDownLatch opening = delayOpening();
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request(listener));
      assertThat(opening.await(20, TimeUnit.SECONDS)).isTrue();
      upload.cancel();
      listener.verify("cancelled");
    }
    servers.verifyNothingIsLeft();
    assertThat(servers.requests(RequestHead::isAbort)).hasSize(1);
    assertThat(servers.partRequests()).isEmpty();
  }

  @Test
  void aPauseKeepsAMultipartUploadThatTheStoreIsJustOpening() throws Exception {
    CountDownLatch opening = delayOpening();
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request(listener));
      assertThat(opening.await(20, TimeUnit.SECONDS)).isTrue();
      upload.pause();
      await().until(() -> upload.state() == UploadState.PAUSED);
      upload.resume();
      VideoAsset asset = upload.await();
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(servers.requests(RequestHead::isCreate)).hasSize(1);
  }

  private CountDownLatch delayOpening() {
    CountDownLatch opening = new CountDownLatch(1);
    servers.faults(
        head -> {
          if (head.isCreate()) {
            opening.countDown();
            return new Fault.Delay(Duration.ofMillis(300));
          }
          return Fault.pass();
        });
    return opening;
  }

  @Test
  void theFileOfADiscardedUploadIsANewUpload() throws Exception {
    UploadId id = uploadHalf();
    try (VideoUploader uploader = uploader()) {
      assertThat(uploader.discard(id)).isTrue();
      VideoAsset asset = uploader.upload(request(listener)).await();
      listener.verify("completed");
      assertThat(asset.uploadId()).isNotEqualTo(id);
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(servers.backend.grants()).hasSize(2);
  }

  @Test
  void aCloseWithGraceLetsPartsInFlightEnd() throws Exception {
    servers.faults(
        head -> head.partNumber().isPresent() ? new Fault.LimitRate(4L * MIB) : Fault.pass());
    VideoUploader first = uploader();
    Upload stopped = first.upload(request(listener));
    await().atMost(Duration.ofSeconds(20)).until(() -> servers.proxy.bodyBytesReceived() > 2 * MIB);
    first.close(Duration.ofSeconds(20));
    assertThat(catchThrowableOfType(UploadException.class, stopped::await).isResumable()).isTrue();
    listener.verify("failed");
    assertThat(servers.partRequests())
        .hasSize(4)
        .allSatisfy(r -> assertThat(r.outcome()).isEqualTo(ProxiedRequest.Outcome.PASSED));
    assertThat(servers.s3.openUploads())
        .singleElement()
        .satisfies(open -> assertThat(open.partNumbers()).hasSize(4));

    servers.faults(head -> Fault.pass());
    RecordingListener second = new RecordingListener();
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = uploader.upload(request(second)).await();
      second.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(servers.partRequests()).as("none of them twice").hasSize(PARTS);
  }
}
