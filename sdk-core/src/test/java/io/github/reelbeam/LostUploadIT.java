package io.github.reelbeam;

import static io.github.reelbeam.Servers.MIB;
import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else aborts the multipart upload: a lifecycle rule, an operator. */
class LostUploadIT {
  private static final int PARTS = 6;

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART - 1);
    // the last parts crawl, so that there is time to lose the upload in the middle of them
    servers.faults(
        head -> head.partNumber().orElse(0) > 3 ? new Fault.LimitRate(256 * 1024) : Fault.pass());
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private VideoUploader uploader() {
    return servers.uploader().build();
  }

  private UploadRequest request() {
    return UploadRequest.builder(file).listener(listener).build();
  }

  private void awaitHalfTime(RecordingListener heard) {
    await().atMost(Duration.ofSeconds(20)).until(() -> heard.parts().size() >= 3);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> servers.proxy.bodyBytesReceived() > 3 * PART);
  }

  private void lose() {
    servers.s3.abortUploads(servers.backend.grants().get(0).key());
  }

  private void verifyStartedOver(VideoAsset asset) throws Exception {
    servers.verifyStoredOnce(file, asset);
    assertThat(asset.confirmed()).isTrue();
    assertThat(servers.requests(RequestHead::isCreate)).hasSize(2);
    assertThat(servers.backend.grants()).hasSize(1);
  }

  @Test
  void whilePartsFlyItStartsOver() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime(listener);
      lose();
      servers.faults(head -> Fault.pass());
      VideoAsset asset = upload.await(Duration.ofSeconds(40));
      listener.verify("completed");
      verifyStartedOver(asset);
    }
  }

  @Test
  void whilePausedItStartsOver() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime(listener);
      upload.pause();
      await().until(() -> upload.state() == UploadState.PAUSED);
      lose();
      // not so fast that no progress would be told before the first part is stored again
      servers.faults(head -> new Fault.LimitRate(8 * MIB));
      upload.resume();
      VideoAsset asset = upload.await(Duration.ofSeconds(40));
      listener.verify("completed");
      // the listener has seen to it that the fraction did not fall; the bytes did
      assertThat(listener.progress())
          .anySatisfy(
              p -> {
                assertThat(p.committedBytes()).isZero();
                assertThat(p.fraction()).isGreaterThan(0.4);
              });
      verifyStartedOver(asset);
    }
  }

  @Test
  void betweenTwoProcessesItStartsOver() throws Exception {
    RecordingListener first = new RecordingListener();
    try (VideoUploader uploader = uploader()) {
      uploader.upload(UploadRequest.builder(file).listener(first).build());
      awaitHalfTime(first);
    }
    first.verify("failed");
    lose();
    servers.faults(head -> Fault.pass());
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = uploader.upload(request()).await(Duration.ofSeconds(40));
      listener.verify("completed");
      verifyStartedOver(asset);
    }
  }

  @Test
  void itStartsOverAsOftenAsItGetsForward() throws Exception {
    AtomicInteger losses = new AtomicInteger();
    servers.faults(
        head -> {
          if (head.partNumber().orElse(0) == PARTS && losses.incrementAndGet() <= 3) {
            await().until(() -> listener.parts().size() >= losses.get());
            lose();
          }
          return Fault.pass();
        });
    try (VideoUploader uploader = uploader()) {
      VideoAsset asset = uploader.upload(request()).await(Duration.ofSeconds(40));
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(servers.requests(RequestHead::isCreate)).hasSize(4);
    assertThat(servers.backend.grants()).hasSize(1);
  }
}
