package io.github.reelbeam.reliability;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.RecordingListener;
import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.Servers;
import io.github.reelbeam.TestFiles;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** One fault at one stage, on servers of its own: what becomes of the upload. */
final class MatrixCell {
  private static final Duration STALL = Duration.ofMillis(1500);
  private static final int ATTEMPTS = 3;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** How often the request is hit. */
  enum Times {
    ONCE,
    ALWAYS
  }

  private final MatrixStage stage;
  private final MatrixFault kind;
  private final Fault fault;
  private final Times times;
  private final Path folder;
  private final OkHttpClient client;
  private final Set<RequestHead> hits = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean lifted = new AtomicBoolean();
  private Path file = Path.of("");

  MatrixCell(
      MatrixStage stage,
      MatrixFault kind,
      Fault fault,
      Times times,
      Path folder,
      OkHttpClient client) {
    this.stage = stage;
    this.kind = kind;
    this.fault = fault;
    this.times = times;
    this.folder = folder;
    // an app's own client decides how long it waits for its backend
    this.client = client.newBuilder().readTimeout(STALL).writeTimeout(STALL).build();
  }

  /** Runs the upload until it is stored once and told once, and says what it took. */
  String outcome() throws Exception {
    Files.createDirectories(folder);
    file =
        TestFiles.random(
            folder.resolve("holiday.mp4"), stage == MatrixStage.PUT ? 70_000 : PART + 70_000);
    try (Servers servers =
        kind.mayLeaveLeftovers(stage) ? Servers.thatCleanUp() : Servers.start()) {
      if (stage.needsOnePartBefore()) {
        leaveOnePart(servers);
      }
      Function<RequestHead, Fault> script = this::faultFor;
      servers.faults(stage.isAtStore() ? script : head -> Fault.pass());
      servers.backendNetwork(stage.isAtStore() ? head -> Fault.pass() : script);
      return stage == MatrixStage.ABORT ? discard(servers) : upload(servers);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private Fault faultFor(RequestHead head) {
    if (lifted.get() || !stage.hits(head)) {
      return Fault.pass();
    }
    if (times == Times.ONCE) {
      lifted.set(true);
    }
    hits.add(head);
    return fault;
  }

  private VideoUploader uploader(Servers servers) {
    return servers.uploader().httpClient(client).transferOptions(options()).build();
  }

  private static TransferOptions options() {
    return Servers.options()
        .parallelism(2)
        .stallTimeout(STALL)
        .retryPolicy(
            RetryPolicy.builder()
                .maxAttempts(ATTEMPTS)
                .baseDelay(Duration.ofMillis(10))
                .maxDelay(Duration.ofSeconds(1))
                .giveUpAfter(PATIENCE)
                .build())
        .build();
  }

  /** As an earlier process would that failed with part 2. */
  private void leaveOnePart(Servers servers) throws Exception {
    servers.faults(
        head ->
            head.partNumber().orElse(0) == 2
                ? Fault.s3Error(400, "EntityTooLarge", "scripted")
                : Fault.pass());
    Attempt attempt = run(servers);
    assertThat(attempt.failure).isNotNull();
    assertThat(servers.s3.openUploads())
        .singleElement()
        .satisfies(open -> assertThat(open.partNumbers()).containsExactly(1));
  }

  private String upload(Servers servers) throws Exception {
    Attempt first = run(servers);
    assertThat(hits).as("requests hit").isNotEmpty();
    VideoAsset asset = first.asset;
    if (asset == null) {
      lifted.set(true);
      Attempt second = run(servers);
      assertThat(second.failure).as("after: %s", first.failure).isNull();
      asset = Objects.requireNonNull(second.asset);
    }
    servers.verifyStoredOnce(file, asset);
    if (stage.carriesVideo() && !kind.losesParts()) {
      verifyBytes(servers);
    }
    return MatrixOutcome.of(first, stage);
  }

  private String discard(Servers servers) {
    UploadId id = servers.journal.entries().get(0).id();
    String outcome = discarded(servers, id);
    assertThat(hits).as("requests hit").isNotEmpty();
    lifted.set(true);
    if (!servers.journal.entries().isEmpty()) {
      assertThat(discarded(servers, id)).isEqualTo(MatrixOutcome.GOES_ON);
    }
    servers.verifyNothingIsLeft();
    assertThat(servers.s3.keys()).isEmpty();
    return outcome;
  }

  private String discarded(Servers servers, UploadId id) {
    long before = count(servers, stage::hits);
    try (VideoUploader uploader = uploader(servers)) {
      assertThat(uploader.discard(id)).isTrue();
      return count(servers, stage::hits) - before > 1 ? MatrixOutcome.AGAIN : MatrixOutcome.GOES_ON;
    } catch (UploadException e) {
      return MatrixOutcome.failed(e);
    }
  }

  /** One process's try. */
  private Attempt run(Servers servers) throws Exception {
    RecordingListener listener = new RecordingListener();
    long requestsBefore = count(servers, stage::hits);
    long createsBefore = count(servers, RequestHead::isCreate);
    VideoAsset asset = null;
    UploadException failure = null;
    try (VideoUploader uploader = uploader(servers)) {
      Upload upload = uploader.upload(UploadRequest.builder(file).listener(listener).build());
      try {
        asset = upload.await(LONGEST);
        listener.verify("completed");
      } catch (UploadException e) {
        failure = e;
        listener.verify("failed");
        assertThat(e.uploadId()).contains(upload.id());
        assertThat(e).hasMessageContaining(upload.id().value());
      }
    }
    return new Attempt(
        asset,
        failure,
        listener,
        count(servers, stage::hits) - requestsBefore,
        count(servers, RequestHead::isCreate) - createsBefore);
  }

  private static long count(Servers servers, Predicate<RequestHead> kind) {
    return Stream.of(servers.proxy, servers.backendProxy)
        .flatMap(proxy -> proxy.requests().stream())
        .filter(request -> kind.test(request.head()))
        .count();
  }

  /** What was sent beyond the file was sent in the attempts that were hit, and in no others. */
  private void verifyBytes(Servers servers) throws IOException {
    List<ProxiedRequest> bodies =
        servers.proxy.requests().stream().filter(r -> r.head().method().equals("PUT")).toList();
    long sent = bodies.stream().mapToLong(ProxiedRequest::bodyBytes).sum();
    long hit =
        bodies.stream()
            .filter(r -> hits.contains(r.head()) && isRepeated(r, bodies))
            .mapToLong(ProxiedRequest::bodyBytes)
            .sum();
    assertThat(sent - hit)
        .as("bytes sent in attempts that were not hit")
        .isEqualTo(Files.size(file));
  }

  private static boolean isRepeated(ProxiedRequest request, List<ProxiedRequest> all) {
    return all.stream()
        .anyMatch(
            r ->
                r.target().equals(request.target())
                    && r.head().attempt() > request.head().attempt());
  }

  /**
   * What one process has seen.
   *
   * @param asset if it ended well
   * @param failure if it did not
   * @param requests how many requests of the stage were made
   * @param creates how many multipart uploads were opened
   */
  record Attempt(
      @Nullable VideoAsset asset,
      @Nullable UploadException failure,
      RecordingListener listener,
      long requests,
      long creates) {
    boolean hasWaited() {
      return listener.states().contains(UploadState.WAITING);
    }
  }
}
