package io.github.reelbeam.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TestFiles;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.testservers.Asset;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.FaultProxy;
import io.github.reelbeam.testservers.NetworkLink;
import io.github.reelbeam.testservers.OpenUpload;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RandomFaults;
import io.github.reelbeam.testservers.RequestHead.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A store and a backend for one round, behind proxies that misbehave with requests, behind networks
 * that misbehave with connections.
 */
final class SoakWorld implements AutoCloseable {
  private static final Duration STALL = Duration.ofMillis(1500);

  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final RandomFaults storeFaults;
  private final RandomFaults backendFaults;
  private final FaultProxy storeProxy;
  private final FaultProxy backendProxy;
  private final NetworkLink storeLink;
  private final NetworkLink backendLink;
  private final EmbeddedBackend backend;

  SoakWorld(SoakPlan plan) {
    storeFaults = faults(plan, 0);
    backendFaults = faults(plan, 1);
    storeProxy = FaultProxy.start(s3.endpoint(), storeFaults);
    storeLink =
        NetworkLink.builder(storeProxy.uri())
            .bytesPerSecond(plan.bytesPerSecond())
            .faults(plan::linkFault)
            .start();
    backend = EmbeddedBackend.builder(s3).s3Endpoint(storeLink.uri()).start();
    backendProxy = FaultProxy.start(backend.uri(), backendFaults);
    backendLink =
        NetworkLink.builder(backendProxy.uri())
            .faults(connection -> plan.linkFault(-connection))
            .start();
  }

  private static RandomFaults faults(SoakPlan plan, int side) {
    return RandomFaults.seeded(plan.seed() * 2 + side).rate(plan.faultRate()).build();
  }

  /** Options with which a fault is got over soon. */
  static TransferOptions options(int parallelism) {
    return TransferOptions.builder()
        .partSize(TransferOptions.MIN_PART_SIZE)
        .parallelism(parallelism)
        .stallTimeout(STALL)
        .retryPolicy(
            RetryPolicy.builder()
                .maxAttempts(5)
                .baseDelay(Duration.ofMillis(20))
                .maxDelay(Duration.ofMillis(300))
                .giveUpAfter(Duration.ofSeconds(30))
                .build())
        .build();
  }

  /** The near end of the way to the backend. */
  URI backend() {
    return backendLink.uri();
  }

  void goOffline() {
    storeLink.goOffline();
    backendLink.goOffline();
  }

  void goOnline() {
    storeLink.goOnline();
    backendLink.goOnline();
  }

  /** All credentials handed out so far are good no more. */
  void expire() {
    Stream.concat(backend.grants().stream(), backend.renewals().stream())
        .forEach(grant -> s3.revoke(grant.accessKeyId()));
  }

  /**
   * What has to hold at the end.
   *
   * @param stored the files whose upload has ended well, by their upload's id
   * @param cancelled how many uploads were cancelled
   */
  void verify(Map<String, Path> stored, int cancelled) throws IOException {
    Map<String, List<Asset>> assets =
        backend.assets().stream().collect(Collectors.groupingBy(Asset::uploadId));
    List<String> keys = new ArrayList<>();
    for (Map.Entry<String, Path> upload : stored.entrySet()) {
      List<Asset> own = assets.getOrDefault(upload.getKey(), List.of());
      assertThat(own).as("assets of upload %s", upload.getKey()).hasSize(1);
      String key = own.get(0).key();
      keys.add(key);
      assertThat(TestFiles.mismatch(upload.getValue(), s3.open(key)))
          .as("first wrong byte of %s", key)
          .isEqualTo(-1);
    }
    // whoever is cancelled in the very moment in which all is done may have an object and an asset
    assertThat(assets.size() - stored.size()).as("assets of others").isBetween(0, cancelled);
    assertThat(s3.keys()).as("objects").containsAll(keys);
    assertThat(s3.keys().size() - keys.size()).as("other objects").isBetween(0, cancelled);
    verifyNothingIsOpen(keys);
  }

  /**
   * Of an upload that was cancelled, a multipart upload may be open whose id the client never
   * learned: it has no parts, and nobody tells the backend of it.
   */
  private void verifyNothingIsOpen(List<String> keys) {
    assertThat(s3.openUploads())
        .as("open multipart uploads")
        .allSatisfy(
            open -> {
              assertThat(keys).doesNotContain(open.key());
              assertThat(open.partNumbers()).isEmpty();
            });
  }

  /** The bytes of videos that have arrived at the store's door. */
  long videoBytes() {
    return storeProxy.requests().stream()
        .filter(r -> r.head().kind() == Kind.PART || r.head().kind() == Kind.PUT)
        .mapToLong(ProxiedRequest::bodyBytes)
        .sum();
  }

  /** Adds up what has happened. */
  void tell(SoakTally tally) {
    tally.count("MiB sent", videoBytes() >> 20);
    tally.count("requests", storeProxy.requests().size() + backendProxy.requests().size());
    tally.count("connections", storeLink.connections() + backendLink.connections());
    tally.faults(storeFaults.drawn());
    tally.faults(backendFaults.drawn());
  }

  /** Keys, open uploads and assets, for the report of a failure. */
  String describe() {
    Function<OpenUpload, String> shown = open -> open.key() + open.partNumbers();
    return "objects "
        + s3.keys()
        + ", open "
        + s3.openUploads().stream().map(shown).toList()
        + ", assets "
        + backend.assets();
  }

  /** The files in a journal's folder, but for the lock that stays. */
  static List<String> filesIn(Path journal) throws IOException {
    if (!Files.exists(journal)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(journal)) {
      return files
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> !name.equals(".journal.lock"))
          .toList();
    }
  }

  @Override
  public void close() {
    backendLink.close();
    backendProxy.close();
    backend.close();
    storeLink.close();
    storeProxy.close();
    s3.close();
  }
}
