package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.testservers.BackendCall.Operation;
import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads wait for a network that they may use. */
class NetworkPolicyIT {
  private static final int PARTS = 6;
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART - 1);
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private VideoUploader uploader(NetworkPolicy network) {
    return servers
        .uploader()
        .transferOptions(Servers.options().stallTimeout(Duration.ofMinutes(1)).build())
        .networkPolicy(network)
        .build();
  }

  private Upload begin(VideoUploader uploader) {
    return uploader.upload(UploadRequest.builder(file).listener(listener).build());
  }

  private void awaitWaiting() {
    await()
        .until(
            () ->
                listener.changes().stream()
                    .map(StateChange::reason)
                    .anyMatch(WaitReason.NETWORK_POLICY::equals));
  }

  @Test
  void nothingGoesOutUntilTheNetworkMayBeUsed() throws Exception {
    SwitchedNetwork network = new SwitchedNetwork(false);
    try (VideoUploader uploader = uploader(network)) {
      Upload upload = begin(uploader);
      awaitWaiting();
      assertThat(upload.state()).isEqualTo(UploadState.WAITING);
      assertThat(servers.backend.grants()).isEmpty();
      assertThat(servers.proxy.requests()).isEmpty();

      network.allow(true);
      servers.verifyStoredOnce(file, upload.await(LONG));
    }
    listener.verify("completed");
  }

  @Test
  void anUploadUnderWayStopsAndGoesOnWithTheParts() throws Exception {
    // parts 4 to 6 crawl, so that the network changes in the middle of them
    servers.faults(
        head -> head.partNumber().orElse(0) > 3 ? new Fault.LimitRate(256 << 10) : Fault.pass());
    SwitchedNetwork network = new SwitchedNetwork(true);
    try (VideoUploader uploader = uploader(network)) {
      Upload upload = begin(uploader);
      await().atMost(LONG).until(() -> listener.parts().size() == 3);
      network.allow(false);
      awaitWaiting();
      await().until(() -> upload.state() == UploadState.WAITING);
      assertThat(servers.s3.openUploads()).hasSize(1);
      servers.faults(head -> Fault.pass());

      network.allow(true);
      servers.verifyStoredOnce(file, upload.await(LONG));
    }
    listener.verify("completed");
    assertThat(listener.retries()).isEmpty();
    assertThat(servers.backend.grants()).hasSize(1);
    assertThat(
            servers.partRequests().stream()
                .filter(r -> r.outcome() == ProxiedRequest.Outcome.PASSED))
        .hasSize(PARTS);
  }

  @Test
  void aStoredVideoIsToldOnAnyNetwork() throws Exception {
    SwitchedNetwork network = new SwitchedNetwork(true);
    // the first notification finds the network changed, and fails
    servers.backendFaults(
        call -> {
          if (call.operation() == Operation.NOTIFICATION && network.allowsUploads()) {
            network.allow(false);
            return BackendFault.answer(503);
          }
          return BackendFault.none();
        });
    try (VideoUploader uploader = uploader(network)) {
      servers.verifyStoredOnce(file, begin(uploader).await(LONG));
    }
    listener.verify("completed");
  }

  @Test
  void waitingForANetworkItIsPausedResumedAndCancelled() throws Exception {
    try (VideoUploader uploader = uploader(new SwitchedNetwork(false))) {
      Upload upload = begin(uploader);
      awaitWaiting();
      upload.pause();
      await().until(() -> upload.state() == UploadState.PAUSED);
      upload.resume();
      await().until(() -> upload.state() == UploadState.WAITING);
      upload.cancel();
      assertThatExceptionOfType(CancellationException.class).isThrownBy(upload::await);
    }
    listener.verify("cancelled");
    assertThat(servers.journal.entries()).isEmpty();
  }

  @Test
  void aClosedUploaderNoLongerListensToThePolicy() {
    SwitchedNetwork network = new SwitchedNetwork(false);
    Upload upload;
    try (VideoUploader uploader = uploader(network)) {
      upload = begin(uploader);
      awaitWaiting();
      assertThat(network.watchers()).isEqualTo(1);
    }
    assertThat(network.watchers()).isZero();
    assertThatExceptionOfType(UploadException.class)
        .isThrownBy(upload::await)
        .matches(UploadException::isResumable);
  }

  @Test
  void aPolicyThatFailsLeavesThingsAsTheyAre() throws Exception {
    SwitchedNetwork network = new SwitchedNetwork(true);
    NetworkPolicy failing =
        new NetworkPolicy() {
          private boolean watched;

          @Override
          public boolean allowsUploads() {
            if (watched) {
              throw new SecurityException("no permission");
            }
            return network.allowsUploads();
          }

          @Override
          public Watch watch(Runnable change) {
            watched = true;
            return network.watch(change);
          }
        };
    try (VideoUploader uploader = uploader(failing)) {
      network.allow(false);
      servers.verifyStoredOnce(file, begin(uploader).await(LONG));
    }
  }
}
