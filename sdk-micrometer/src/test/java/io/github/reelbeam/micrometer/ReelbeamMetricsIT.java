package io.github.reelbeam.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.journal.UploadJournal;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.FaultProxy;
import io.github.reelbeam.testservers.RequestHead;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The meters of real uploads. */
@Timeout(60)
class ReelbeamMetricsIT {
  private static final int PART = 5 << 20;
  private static final int SIZE = 3 * PART;

  @TempDir private Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private volatile Function<RequestHead, Fault> faults = head -> Fault.pass();
  private final FaultProxy proxy = FaultProxy.start(s3.endpoint(), head -> faults.apply(head));
  private final EmbeddedBackend backend =
      EmbeddedBackend.builder(s3).s3Endpoint(proxy.uri()).start();
  private final UploadJournal journal = UploadJournal.inMemory();

  @AfterEach
  void stopServers() {
    backend.close();
    proxy.close();
    s3.close();
  }

  private VideoUploader uploader(ReelbeamMetrics metrics) {
    return VideoUploader.builder()
        .backend(backend.uri(), () -> "Bearer none")
        .journal(journal)
        .transferOptions(
            TransferOptions.builder()
                .partSize(PART)
                .parallelism(1)
                .concurrentUploads(1)
                .retryPolicy(RetryPolicy.builder().baseDelay(Duration.ofMillis(10)).build())
                .build())
        .listenerFactory(metrics)
        .build();
  }

  private UploadRequest request(String name, UploadListener... listeners) throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(name.hashCode()).nextBytes(bytes);
    UploadRequest.Builder request = UploadRequest.builder(Files.write(folder.resolve(name), bytes));
    for (UploadListener listener : listeners) {
      request.listener(listener);
    }
    return request.build();
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  @Test
  void countsAnUploadThatIsDoneItsBytesAndItsRetries() throws Exception {
    faults =
        head ->
            head.partNumber().orElse(0) == 2 && head.attempt() == 1
                ? Fault.internalError()
                : Fault.pass();
    try (VideoUploader uploader = uploader(new ReelbeamMetrics(registry))) {
      uploader.upload(request("a.mp4")).await();
    }

    assertThat(count("reelbeam.uploads", "outcome", "completed", "stage", "none")).isEqualTo(1);
    assertThat(registry.get("reelbeam.upload.duration").tag("outcome", "completed").timer())
        .satisfies(
            timer -> {
              assertThat(timer.count()).isEqualTo(1);
              assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isPositive();
            });
    assertThat(count("reelbeam.bytes.committed")).isEqualTo(SIZE);
    assertThat(count("reelbeam.part.retries", "cause", "store_error")).isEqualTo(1);
    assertThat(count("reelbeam.part.retries", "cause", "connection")).isZero();
    assertThat(count("reelbeam.credentials.renewals")).isZero();
    assertThat(gauge("reelbeam.uploads.active")).isZero();
  }

  @Test
  void countsAFailureByItsStage() throws Exception {
    faults = head -> head.partNumber().isPresent() ? Fault.accessDenied() : Fault.pass();
    try (VideoUploader uploader = uploader(new ReelbeamMetrics(registry))) {
      Upload upload = uploader.upload(request("a.mp4"));
      assertThat(catchThrowable(upload::await)).isNotNull();
    }

    assertThat(count("reelbeam.uploads", "outcome", "failed", "stage", "transfer")).isEqualTo(1);
    assertThat(count("reelbeam.bytes.committed")).isZero();
    assertThat(gauge("reelbeam.uploads.active")).isZero();
  }

  @Test
  void showsWhatIsAtWorkWaitsAndIsPaused() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    faults =
        head -> {
          if (head.partNumber().isPresent()) {
            begun.complete(null);
            goOn.join();
          }
          return Fault.pass();
        };
    try (VideoUploader uploader = uploader(new ReelbeamMetrics(registry))) {
      Upload first = uploader.upload(request("a.mp4"));
      Upload second = uploader.upload(request("b.mp4"));
      begun.get(30, TimeUnit.SECONDS);
      await().until(() -> gauge("reelbeam.uploads.active") == 1);
      await().until(() -> gauge("reelbeam.uploads.waiting", "reason", "queued") == 1);

      second.pause();
      await().until(() -> gauge("reelbeam.uploads.paused") == 1);
      assertThat(gauge("reelbeam.uploads.waiting", "reason", "queued")).isZero();

      second.cancel();
      goOn.complete(null);
      first.await();
      assertThat(catchThrowable(second::await)).isNotNull();
      assertThat(second.state()).isEqualTo(UploadState.CANCELLED);
    }

    assertThat(count("reelbeam.uploads", "outcome", "cancelled", "stage", "none")).isEqualTo(1);
    assertThat(gauge("reelbeam.uploads.paused")).isZero();
    assertThat(gauge("reelbeam.uploads.active")).isZero();
  }

  /**
   * Those of docs/observability.md; a new one, or a tag with many values, is to be thought about.
   */
  @Test
  void thereAreTheDocumentedMetersAndNoOthers() throws Exception {
    try (VideoUploader uploader = uploader(new ReelbeamMetrics(registry))) {
      uploader.upload(request("a.mp4")).await();
    }

    Set<String> series = new TreeSet<>();
    for (Meter meter : registry.getMeters()) {
      StringBuilder one = new StringBuilder(meter.getId().getName());
      for (Tag tag : meter.getId().getTags()) {
        one.append(' ').append(tag.getKey()).append('=').append(tag.getValue());
      }
      series.add(one.toString());
    }
    assertThat(series)
        .containsExactly(
            "reelbeam.bytes.committed",
            "reelbeam.credentials.renewals",
            "reelbeam.part.retries cause=connection",
            "reelbeam.part.retries cause=stalled",
            "reelbeam.part.retries cause=store_error",
            "reelbeam.part.retries cause=throttled",
            "reelbeam.upload.duration outcome=completed",
            "reelbeam.uploads outcome=completed stage=none",
            "reelbeam.uploads.active",
            "reelbeam.uploads.paused",
            "reelbeam.uploads.waiting reason=backoff",
            "reelbeam.uploads.waiting reason=network_policy",
            "reelbeam.uploads.waiting reason=offline",
            "reelbeam.uploads.waiting reason=queued");
    String document = Files.readString(Path.of("..", "docs", "observability.md"));
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(document).contains("`" + meter.getId().getName() + "`"));
  }
}
