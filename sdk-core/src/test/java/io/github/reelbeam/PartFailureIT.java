package io.github.reelbeam;

import static io.github.reelbeam.Servers.MIB;
import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A part that fails is sent again by itself; no other part hears of it. */
class PartFailureIT {
  private static final int PARTS = 8;
  private static final int BAD_PART = 3;

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), (PARTS - 1) * PART + 12345);
  }

  @AfterEach
  void stopServers() {
    servers.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("500", Fault.internalError(), (long) PART),
        Arguments.of("503 SlowDown", Fault.slowDown(Duration.ofSeconds(1)), (long) PART),
        Arguments.of("reset in the middle", new Fault.ResetAfter(MIB), (long) MIB),
        Arguments.of("stall in the middle", new Fault.StallAfter(MIB), (long) MIB),
        Arguments.of("answer lost", new Fault.DropResponse(), (long) PART));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void onlyTheFailedPartIsSentAgain(String name, Fault fault, long wasted) throws Exception {
    int failures = 2;
    servers.faults(
        head ->
            head.partNumber().orElse(0) == BAD_PART && head.attempt() <= failures
                ? fault
                : Fault.pass());
    VideoAsset asset;
    try (VideoUploader uploader = servers.uploader().build()) {
      asset = uploader.upload(UploadRequest.builder(file).listener(listener).build()).await();
    }
    listener.verify("completed");
    assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);

    assertThat(listener.retries()).hasSize(failures);
    assertThat(listener.retries())
        .allSatisfy(retry -> assertThat(retry.partNumber()).isEqualTo(BAD_PART));
    assertThat(listener.retries())
        .extracting(UploadListener.PartRetry::attempt)
        .containsExactly(1, 2);
    assertThat(listener.parts()).hasSize(PARTS);

    Map<Integer, List<ProxiedRequest>> byPart =
        servers.partRequests().stream()
            .collect(Collectors.groupingBy(r -> r.partNumber().orElseThrow()));
    assertThat(byPart.get(BAD_PART)).hasSize(failures + 1);
    byPart.remove(BAD_PART);
    assertThat(byPart).hasSize(PARTS - 1).allSatisfy((n, r) -> assertThat(r).hasSize(1));

    long sent = servers.partRequests().stream().mapToLong(ProxiedRequest::bodyBytes).sum();
    long size = java.nio.file.Files.size(file);
    // a connection that was cut had more on its way, which the proxy has not read
    assertThat(sent - size).isBetween(failures * wasted, failures * (wasted + 64 * 1024));
  }

  @Test
  void aPartThatKeepsFailingEndsTheUploadResumable() throws Exception {
    servers.faults(
        head -> head.partNumber().orElse(0) == BAD_PART ? Fault.internalError() : Fault.pass());
    UploadRequest request = UploadRequest.builder(file).listener(listener).build();
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(request);
      TransferException failure = catchThrowableOfType(TransferException.class, upload::await);
      assertThat(failure.isResumable()).isTrue();
      assertThat(failure.uploadId()).contains(upload.id());
      assertThat(failure.requestId()).contains("FAULTPROXY");
      assertThat(failure)
          .hasMessageContaining(upload.id().value())
          .hasMessageContaining("500 InternalError");
      listener.verify("failed");
      assertThat(listener.retries()).hasSize(3);
      assertThat(uploader.pending())
          .singleElement()
          .satisfies(p -> assertThat(p.state()).isEqualTo(UploadState.FAILED));
    }
    int stored = servers.s3.openUploads().get(0).partNumbers().size();
    int before = servers.partRequests().size();

    // whatever was stored stays, and only the rest is sent
    servers.faults(head -> Fault.pass());
    RecordingListener second = new RecordingListener();
    try (VideoUploader uploader = servers.uploader().build()) {
      VideoAsset asset =
          uploader.upload(UploadRequest.builder(file).listener(second).build()).await();
      second.verify("completed");
      assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);
    }
    assertThat(servers.partRequests().size() - before).isEqualTo(PARTS - stored);
    assertThat(servers.s3.openUploads()).isEmpty();
    assertThat(servers.backend.assets()).hasSize(1);
    assertThat(servers.journal.entries()).isEmpty();
  }

  /** The store has it, and says so when it is asked. */
  @Test
  void aStoredPartWhoseAnswerWasLostIsNotSentAgainByAResume() throws Exception {
    servers.faults(
        head -> head.partNumber().orElse(0) == BAD_PART ? new Fault.DropResponse() : Fault.pass());
    RetryPolicy once = RetryPolicy.builder().maxAttempts(1).build();
    try (VideoUploader uploader =
        servers.uploader().transferOptions(Servers.options().retryPolicy(once).build()).build()) {
      Upload upload = uploader.upload(UploadRequest.builder(file).listener(listener).build());
      TransferException failure = catchThrowableOfType(TransferException.class, upload::await);
      assertThat(failure.isResumable()).isTrue();
    }
    listener.verify("failed");
    assertThat(servers.s3.openUploads().get(0).partNumbers()).contains(BAD_PART);

    servers.faults(head -> Fault.pass());
    RecordingListener second = new RecordingListener();
    try (VideoUploader uploader = servers.uploader().build()) {
      servers.verifyStoredOnce(
          file, uploader.upload(UploadRequest.builder(file).listener(second).build()).await());
    }
    second.verify("completed");
    assertThat(servers.partRequests()).hasSize(PARTS);
    assertThat(servers.partRequests())
        .extracting(ProxiedRequest::bodyBytes)
        .satisfies(
            bytes ->
                assertThat(bytes.stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(java.nio.file.Files.size(file)));
  }

  @Test
  void aRefusalIsNotTriedAgain() throws Exception {
    servers.faults(
        head ->
            head.partNumber().orElse(0) == BAD_PART
                ? Fault.s3Error(400, "EntityTooLarge", "too large")
                : Fault.pass());
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(UploadRequest.builder(file).listener(listener).build());
      TransferException failure = catchThrowableOfType(TransferException.class, upload::await);
      assertThat(failure.isResumable()).isFalse();
    }
    listener.verify("failed");
    assertThat(listener.retries()).isEmpty();
  }

  @Test
  void expiredCredentialsAreRenewedAndNothingConfirmedIsSentAgain() throws Exception {
    Set<Integer> confirmedBefore = ConcurrentHashMap.newKeySet();
    servers.faults(
        head -> {
          if (head.partNumber().orElse(0) != 6 || head.attempt() > 1) {
            return Fault.pass();
          }
          // events come a little later than what they tell of
          await().until(() -> !listener.parts().isEmpty());
          listener.parts().forEach(part -> confirmedBefore.add(part.partNumber()));
          return Fault.expiredToken();
        });
    VideoAsset asset;
    try (VideoUploader uploader = servers.uploader().build()) {
      asset = uploader.upload(UploadRequest.builder(file).listener(listener).build()).await();
    }
    listener.verify("completed");
    assertThat(TestFiles.mismatch(file, servers.s3.open(asset.key()))).isEqualTo(-1);
    assertThat(listener.renewals()).hasSize(1);
    assertThat(listener.retries()).isEmpty();
    assertThat(servers.backend.grants()).hasSize(1);
    assertThat(confirmedBefore).isNotEmpty();
    Map<Integer, Long> times =
        servers.partRequests().stream()
            .collect(
                Collectors.groupingBy(r -> r.partNumber().orElseThrow(), Collectors.counting()));
    assertThat(confirmedBefore).allSatisfy(part -> assertThat(times.get(part)).isEqualTo(1));
    // at most the four that were in flight when the run ended
    assertThat(servers.partRequests()).hasSizeBetween(PARTS + 1, PARTS + 4);
  }
}
