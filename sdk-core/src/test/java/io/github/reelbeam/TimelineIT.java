package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.UploadListener.RetryCause;
import io.github.reelbeam.UploadTimeline.Request;
import io.github.reelbeam.UploadTimeline.Step;
import io.github.reelbeam.UploadTimeline.StepKind;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.TemporaryKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The timelines of real uploads. */
@Timeout(60)
class TimelineIT {
  private static final int PARTS = 4;

  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private Path file;

  @BeforeEach
  void prepare() throws Exception {
    file = TestFiles.random(folder.resolve("honeymoon.mp4"), PARTS * PART);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private UploadRequest request(UploadListener... listeners) {
    UploadRequest.Builder request = UploadRequest.builder(file).metadata("title", "Reykjavik");
    List.of(listeners).forEach(request::listener);
    return request.build();
  }

  private static List<StepKind> kinds(UploadTimeline timeline) {
    return timeline.steps().stream().map(Step::kind).toList();
  }

  @Test
  void tellsOfARetryWithTheRequestIdsOfTheStore() throws Exception {
    servers.faults(
        head ->
            head.partNumber().orElse(0) == 2 && head.attempt() == 1
                ? new Fault.Answer(
                    503, Map.of("x-amz-request-id", "REFUSED", "x-amz-id-2", "TWICE"), "<Error/>")
                : Fault.pass());
    Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    UploadTimeline timeline;
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(request());
      upload.await();
      timeline = upload.timeline();
    }

    assertThat(timeline.state()).isEqualTo(UploadState.NOTIFIED);
    assertThat(timeline.totalBytes()).isEqualTo(PARTS * (long) PART);
    assertThat(timeline.partSize()).isEqualTo(OptionalLong.of(PART));
    assertThat(timeline.resumedAtBytes()).isEqualTo(OptionalLong.of(0));
    assertThat(timeline.startedAt()).isAfterOrEqualTo(before);
    assertThat(timeline.endedAt().orElseThrow()).isBetween(timeline.startedAt(), Instant.now());
    assertThat(timeline.steps())
        .extracting(step -> step.kind() + " " + step.detail())
        .containsExactly(
            "STARTED REQUESTED",
            "STATE GRANTED",
            "STATE TRANSFERRING",
            "RUN parts stored: 0, bytes: 0",
            "STATE STORED",
            "STATE NOTIFIED",
            "ENDED ");
    assertThat(timeline.steps()).extracting(Step::at).isSorted();
    assertThat(timeline.retries())
        .singleElement()
        .satisfies(
            retry -> {
              assertThat(retry.partNumber()).isEqualTo(2);
              assertThat(retry.attempt()).isEqualTo(1);
              assertThat(retry.cause()).isEqualTo(RetryCause.THROTTLED);
              assertThat(retry.reason()).contains("503");
            });
    assertThat(timeline.failedRequests())
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.operation()).isEqualTo("UploadPart");
              assertThat(request.partNumber()).isEqualTo(2);
              assertThat(request.status()).isEqualTo(503);
              assertThat(request.requestId()).isEqualTo("REFUSED");
              assertThat(request.extendedRequestId()).isEqualTo("TWICE");
            });
    assertThat(timeline.requests())
        .hasSize(PARTS + 2)
        .allSatisfy(request -> assertThat(request.requestId()).isNotEmpty())
        .extracting(Request::operation)
        .containsOnly("CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload");
    assertThat(timeline.totals())
        .satisfies(
            totals -> {
              assertThat(totals.runs()).isEqualTo(1);
              assertThat(totals.requests()).isEqualTo(PARTS + 3);
              assertThat(totals.inFlightAtMost()).isBetween(1, 4);
              assertThat(totals.partsCommitted()).isEqualTo(PARTS);
              assertThat(totals.bytesCommitted()).isEqualTo(PARTS * (long) PART);
              assertThat(totals.averageBytesPerSecond()).isPositive();
            });
  }

  @Test
  void aFailureCarriesItsTimelineWithoutAnythingSecret() throws Exception {
    servers.faults(
        head -> {
          if (head.partNumber().orElse(0) != 3) {
            return Fault.pass();
          }
          // a store that repeats all that it was told
          String told = head.target() + " " + head.headers() + " Reykjavik honeymoon.mp4";
          return Fault.s3Error(400, "EntityTooLarge", told.replace("&", "&amp;"));
        });
    TransferException failure;
    Upload upload;
    try (VideoUploader uploader = servers.uploader().build()) {
      upload = uploader.upload(request());
      failure = catchThrowableOfType(TransferException.class, upload::await);
    }

    UploadTimeline timeline = failure.timeline().orElseThrow();
    assertThat(timeline.state()).isEqualTo(UploadState.FAILED);
    assertThat(timeline.steps()).isEqualTo(upload.timeline().steps());
    assertThat(kinds(timeline))
        .containsSubsequence(StepKind.RUN, StepKind.RUN_FAILED, StepKind.ENDED);
    assertThat(timeline.steps().get(timeline.steps().size() - 1).detail())
        .startsWith("failed at TRANSFER, not resumable: ");
    var grant = servers.backend.grants().get(0);
    TemporaryKeys keys = servers.s3.issued(grant.accessKeyId()).orElseThrow();
    assertThat(List.of(timeline.toJson(), timeline.toString()))
        .allSatisfy(
            text ->
                assertThat(text)
                    .contains("EntityTooLarge")
                    .doesNotContain(
                        keys.secretAccessKey(),
                        keys.sessionToken(),
                        "X-Amz",
                        "uploadId=",
                        grant.key(),
                        "Reykjavik",
                        "honeymoon"));
  }

  @Test
  void expiredCredentialsShowAsARunThatFailedAndARenewal() throws Exception {
    servers.faults(
        head ->
            head.partNumber().orElse(0) == 2 && head.attempt() == 1
                ? Fault.expiredToken()
                : Fault.pass());
    UploadTimeline timeline;
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(request());
      upload.await();
      timeline = upload.timeline();
    }

    assertThat(kinds(timeline))
        .containsSubsequence(
            StepKind.RUN, StepKind.RUN_FAILED, StepKind.CREDENTIALS_RENEWED, StepKind.RUN);
    assertThat(timeline.totals().renewals()).isEqualTo(1);
    assertThat(timeline.totals().runs()).isEqualTo(2);
    assertThat(timeline.retries()).isEmpty();
  }

  @Test
  void whatGoesOnInAnotherUploaderSaysWhereItBegan() throws Exception {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    try (VideoUploader uploader =
        servers
            .uploader()
            .transferOptions(Servers.options().parallelism(1).rateLimit(4L * PART).build())
            .build()) {
      uploader.upload(
          request(
              new UploadListener() {
                @Override
                public void onPartCompleted(PartCompleted part) {
                  stored.complete(null);
                }
              }));
      stored.get(30, TimeUnit.SECONDS);
    }
    UploadTimeline timeline;
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(request());
      upload.await();
      timeline = upload.timeline();
    }

    long resumed = timeline.resumedAtBytes().orElseThrow();
    assertThat(resumed).isBetween((long) PART, (PARTS - 1L) * PART);
    assertThat(timeline.totals().bytesCommitted()).isEqualTo(PARTS * (long) PART - resumed);
    assertThat(timeline.requests()).extracting(Request::operation).contains("ListParts");
    assertThat(timeline.toString()).contains("resumed at " + resumed);
  }
}
