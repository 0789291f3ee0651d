package io.github.reelbeam;

import static io.github.reelbeam.Servers.MIB;
import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.UploadListener.StateChange;
import io.github.reelbeam.UploadListener.WaitReason;
import io.github.reelbeam.credentials.HttpCredentialsFetcher;
import io.github.reelbeam.notify.HttpAssetNotifier;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Time without a network costs nothing: the upload waits, says why, and goes on by itself. */
class OfflineIT {
  private static final int PARTS = 8;
  private static final int MAX_ATTEMPTS = 8;

  @TempDir Path folder;
  private Servers servers = Servers.start();
  private final VirtualScheduler time = new VirtualScheduler();
  private final RecordingListener listener = new RecordingListener(time);
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART - 99);
    // the later parts never get to their end
    servers.faults(
        head -> head.partNumber().orElse(0) > 4 ? new Fault.StallAfter(MIB) : Fault.pass());
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private VideoUploader.Builder uploader(Duration giveUpAfter) {
    return uploader(giveUpAfter, new OkHttpClient());
  }

  private VideoUploader.Builder uploader(Duration giveUpAfter, OkHttpClient client) {
    RetryPolicy policy =
        RetryPolicy.builder()
            .maxAttempts(MAX_ATTEMPTS)
            .baseDelay(Duration.ofSeconds(1))
            .maxDelay(Duration.ofMinutes(1))
            .giveUpAfter(giveUpAfter)
            .build();
    // what the backend's client waits between its attempts is real time
    RetryPolicy atOnce =
        RetryPolicy.builder()
            .baseDelay(Duration.ofMillis(1))
            .maxDelay(Duration.ofMillis(1))
            .build();
    URI backend = servers.backendProxy.uri();
    return servers
        .uploader()
        .credentialsFetcher(
            HttpCredentialsFetcher.builder(backend).httpClient(client).retryPolicy(atOnce).build())
        .assetNotifier(
            HttpAssetNotifier.builder(backend).httpClient(client).retryPolicy(atOnce).build())
        .httpClient(client)
        .transferOptions(
            Servers.options().retryPolicy(policy).stallTimeout(Duration.ofMinutes(1)).build())
        .time(time, time);
  }

  private VideoUploader uploader() {
    return uploader(Duration.ofHours(24)).build();
  }

  private UploadRequest request() {
    return UploadRequest.builder(file).listener(listener).build();
  }

  private void awaitHalfTime() {
    await().atMost(Duration.ofSeconds(20)).until(() -> listener.parts().size() >= 4);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> servers.proxy.bodyBytesReceived() > 4 * PART + 4 * MIB - 1);
  }

  private void loseTheNetwork(Upload upload) throws InterruptedException {
    servers.goOffline();
    servers.faults(head -> Fault.pass());
    time.runUntil(() -> upload.state() == UploadState.WAITING);
  }

  private VideoAsset runToTheEnd(Upload upload) throws InterruptedException {
    time.runUntil(() -> upload.completion().isDone());
    return upload.await();
  }

  private List<WaitReason> waits() {
    return listener.changes().stream()
        .filter(change -> change.to() == UploadState.WAITING)
        .map(StateChange::reason)
        .distinct()
        .collect(Collectors.toList());
  }

  private void verifyNoStoredPartWasSentAgain() {
    var passed =
        servers.partRequests().stream()
            .filter(r -> r.outcome() == ProxiedRequest.Outcome.PASSED)
            .collect(
                Collectors.groupingBy(r -> r.partNumber().orElseThrow(), Collectors.counting()));
    assertThat(passed).hasSize(PARTS).allSatisfy((part, times) -> assertThat(times).isEqualTo(1));
  }

  @Test
  void anHourWithoutANetworkSpendsNoAttempt() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime();
      loseTheNetwork(upload);
      int cut = listener.retries().size();
      time.runFor(Duration.ofHours(1));

      assertThat(upload.completion()).isNotDone();
      assertThat(upload.state()).isEqualTo(UploadState.WAITING);
      assertThat(waits()).containsExactly(WaitReason.OFFLINE);
      assertThat(cut).as("the parts that were cut off in the middle").isLessThanOrEqualTo(4);
      servers.goOnline();
      VideoAsset asset = runToTheEnd(upload);
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(listener.retries()).extracting(PartRetry::attempt).containsOnly(1);
    assertThat(listener.retries()).hasSizeLessThanOrEqualTo(4);
    verifyNoStoredPartWasSentAgain();
  }

  @Test
  void whoResumesOfflineSpendsNoAttemptAtAll() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime();
      upload.pause();
      await().until(() -> upload.state() == UploadState.PAUSED);
      servers.goOffline();
      servers.faults(head -> Fault.pass());
      upload.resume();
      time.runUntil(() -> upload.state() == UploadState.WAITING);
      time.runFor(Duration.ofHours(1));
      assertThat(upload.state()).isEqualTo(UploadState.WAITING);
      servers.goOnline();
      VideoAsset asset = runToTheEnd(upload);
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(waits()).containsExactly(WaitReason.OFFLINE);
    assertThat(listener.retries()).isEmpty();
    verifyNoStoredPartWasSentAgain();
  }

  @Test
  void itCanBePausedWhileItWaits() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime();
      loseTheNetwork(upload);
      upload.pause();
      await().until(() -> upload.state() == UploadState.PAUSED);
      servers.goOnline();
      assertThat(upload.completion()).isNotDone();
      upload.resume();
      VideoAsset asset = runToTheEnd(upload);
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    verifyNoStoredPartWasSentAgain();
  }

  /** Offline, S3 cannot be told: the discard is noted, and made up for by the next uploader. */
  @Test
  void itCanBeCancelledWhileItWaits() throws Exception {
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime();
      loseTheNetwork(upload);
      upload.cancel();
      time.runUntil(() -> uploader.pending().isEmpty());
      servers.goOnline();
      time.runUntil(() -> upload.completion().isDone());
      assertThatExceptionOfType(CancellationException.class).isThrownBy(upload::await);
    }
    listener.verify("cancelled");
    servers.verifyNothingIsLeft();
    assertThat(servers.s3.keys()).isEmpty();
  }

  @Test
  void itGivesUpWhenToldToAndCanBeResumed() throws Exception {
    try (VideoUploader uploader = uploader(Duration.ofMinutes(10)).build()) {
      Upload upload = uploader.upload(request());
      awaitHalfTime();
      loseTheNetwork(upload);
      time.runUntil(() -> upload.completion().isDone());
      TransferException failure = catchThrowableOfType(TransferException.class, upload::await);
      assertThat(failure.isResumable()).isTrue();
      listener.verify("failed");
      assertThat(time.elapsed()).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(13));
      assertThat(servers.s3.openUploads()).hasSize(1);
      servers.goOnline();
      RecordingListener second = new RecordingListener(time);
      VideoAsset asset =
          runToTheEnd(uploader.upload(UploadRequest.builder(file).listener(second).build()));
      second.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    verifyNoStoredPartWasSentAgain();
  }

  @Test
  void offlineBeforeTheGrantItWaits() throws Exception {
    servers.faults(head -> Fault.pass());
    servers.goOffline();
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      time.runFor(Duration.ofHours(1));
      assertThat(upload.completion()).isNotDone();
      assertThat(waits()).containsExactly(WaitReason.OFFLINE);
      servers.goOnline();
      VideoAsset asset = runToTheEnd(upload);
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    assertThat(listener.retries()).isEmpty();
    assertThat(servers.backend.grants()).hasSize(1);
  }

  @Test
  void aNameThatDoesNotResolveIsTheSame() throws Exception {
    servers.close();
    servers = Servers.withStoreCalled("store.invalid");
    AtomicBoolean resolves = new AtomicBoolean();
    OkHttpClient client =
        new OkHttpClient.Builder()
            .dns(
                host -> {
                  if (resolves.get()) {
                    return List.of(InetAddress.getLoopbackAddress());
                  }
                  throw new UnknownHostException(host);
                })
            .build();
    try (VideoUploader uploader = uploader(Duration.ofHours(24), client).build()) {
      Upload upload = uploader.upload(request());
      time.runUntil(() -> upload.state() == UploadState.WAITING);
      time.runFor(Duration.ofHours(1));
      assertThat(upload.state()).isEqualTo(UploadState.WAITING);
      assertThat(waits()).containsExactly(WaitReason.OFFLINE);
      assertThat(listener.retries()).isEmpty();
      resolves.set(true);
      VideoAsset asset = runToTheEnd(upload);
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
    }
    verifyNoStoredPartWasSentAgain();
  }

  /** upchunk#161: two loops over one file, once the network had come and gone. */
  @Test
  void aNetworkThatComesAndGoesSpoilsNoByte() throws Exception {
    servers.faults(
        head -> head.partNumber().isPresent() ? new Fault.LimitRate(5L * MIB) : Fault.pass());
    int flaps = 6;
    try (VideoUploader uploader = uploader()) {
      Upload upload = uploader.upload(request());
      for (int i = 0; i < flaps; i++) {
        long before = servers.proxy.bodyBytesReceived();
        time.runUntil(
            () -> servers.proxy.bodyBytesReceived() > before + MIB || upload.completion().isDone());
        servers.goOffline();
        time.runUntil(() -> upload.state() == UploadState.WAITING || upload.completion().isDone());
        servers.goOnline();
      }
      VideoAsset asset = runToTheEnd(upload);
      listener.verify("completed");
      servers.verifyStoredOnce(file, asset);
      assertThat(asset.checksum().orElseThrow().value()).isEqualTo(Crc32.of(file));
    }
    assertThat(listener.parts())
        .extracting(UploadListener.PartCompleted::partNumber)
        .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
  }
}
