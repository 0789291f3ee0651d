package io.github.reelbeam;

import static io.github.reelbeam.Servers.MIB;
import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.LinkFault;
import io.github.reelbeam.testservers.LinkFault.Direction;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that stay open and carry nothing any more, as when a phone changes its network. */
@Timeout(60)
class StallWatchdogIT {
  private static final Duration STALL = Duration.ofSeconds(1);

  /** The stall, the delay before the next attempt, and what a busy machine needs beside. */
  private static final Duration SOON = STALL.plusSeconds(6);

  private static final int PARTS = 3;
  private static final long SIZE = (long) PARTS * PART;

  @TempDir Path folder;
  private final RecordingListener listener = new RecordingListener();
  private Path file;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * PART);
  }

  private void upload(LinkedServers network, TransferOptions options) throws Exception {
    try (VideoUploader uploader =
        network
            .uploader()
            .httpClient(network.client().connectTimeout(STALL).readTimeout(STALL).build())
            .transferOptions(options)
            .build()) {
      VideoAsset asset =
          uploader.upload(UploadRequest.builder(file).listener(listener).build()).await();
      listener.verify("completed");
      network.servers.verifyStoredOnce(file, asset);
    }
  }

  private void uploadSoon(LinkedServers network) throws Exception {
    long start = System.nanoTime();
    upload(network, Servers.options().stallTimeout(STALL).build());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  /** All parts were stored by one request each, also the one that had been tried before. */
  private void verifyOneRetry(LinkedServers network) {
    assertThat(listener.retries()).extracting(PartRetry::attempt).containsExactly(1);
    Map<Integer, Long> stored =
        network.servers.partRequests().stream()
            .filter(request -> request.status() == 200)
            .collect(
                Collectors.groupingBy(r -> r.partNumber().orElseThrow(), Collectors.counting()));
    assertThat(stored).hasSize(PARTS).allSatisfy((part, times) -> assertThat(times).isEqualTo(1));
  }

  /** What has arrived of parts, beyond each of them once. */
  private static long beyondTheFile(LinkedServers network) {
    long others =
        network.servers.requests(head -> head.partNumber().isEmpty()).stream()
            .mapToLong(ProxiedRequest::bodyBytes)
            .sum();
    return network.servers.proxy.bodyBytesReceived() - others - SIZE;
  }

  private static LinkFault stall(int number, int stuck, Direction direction, long bytes) {
    return number == stuck ? new LinkFault.StallAfter(direction, bytes) : LinkFault.none();
  }

  @ParameterizedTest(name = "https {0}")
  @ValueSource(booleans = {false, true})
  void aPartWhoseConnectionTakesNoMoreBytes(boolean https) throws Exception {
    try (LinkedServers network =
        LinkedServers.withStore(
            https, link -> link.faults(number -> stall(number, 2, Direction.UP, MIB)))) {
      uploadSoon(network);
      verifyOneRetry(network);
      assertThat(network.toStore.traffic().get(1).bytesUp()).isEqualTo(MIB);
      assertThat(beyondTheFile(network)).isBetween(MIB - 100_000L, (long) MIB);
    }
  }

  @ParameterizedTest(name = "https {0}")
  @ValueSource(booleans = {false, true})
  void aPartWhoseAnswerNeverComes(boolean https) throws Exception {
    try (LinkedServers network = LinkedServers.withStore(https, link -> link)) {
      network.servers.faults(
          head ->
              head.partNumber().orElse(0) == 2 && head.attempt() == 1
                  ? new Fault.StallResponse()
                  : Fault.pass());
      uploadSoon(network);
      assertThat(listener.retries()).extracting(PartRetry::partNumber).containsExactly(2);
      assertThat(beyondTheFile(network)).isEqualTo(PART);
      assertThat(network.servers.partRequests())
          .filteredOn(request -> request.partNumber().orElse(0) != 2)
          .extracting(ProxiedRequest::status)
          .containsExactly(200, 200);
    }
  }

  @Test
  void aHandshakeThatGetsStuck() throws Exception {
    try (LinkedServers network =
        LinkedServers.withStore(
            true, link -> link.faults(number -> stall(number, 2, Direction.DOWN, 100)))) {
      uploadSoon(network);
      verifyOneRetry(network);
      assertThat(beyondTheFile(network)).isZero();
    }
  }

  @Test
  void aConnectionThatIsTakenAndLeftAlone() throws Exception {
    try (LinkedServers network =
        LinkedServers.withStore(
            true,
            link ->
                link.faults(number -> number == 2 ? new LinkFault.Silence() : LinkFault.none()))) {
      uploadSoon(network);
      verifyOneRetry(network);
      assertThat(beyondTheFile(network)).isZero();
    }
  }

  /**
   * A part takes far longer than the stall timeout, and so does what is left of it in the buffers
   * of this machine once it is written: those of the loopback device hold 4 MiB and more.
   */
  @ParameterizedTest(name = "https {0}")
  @ValueSource(booleans = {false, true})
  void aSlowConnectionIsNotAStalledOne(boolean https) throws Exception {
    TransferOptions slow =
        Servers.options().stallTimeout(STALL).partSize(2L * PART).parallelism(2).build();
    try (LinkedServers network =
        LinkedServers.withStore(https, link -> link.bytesPerSecondOfEach(4 * MIB))) {
      upload(network, slow);
      assertThat(listener.retries()).isEmpty();
      assertThat(beyondTheFile(network)).isZero();
    }
  }

  @Test
  void aGrantThatNeverComes() throws Exception {
    try (LinkedServers network =
        LinkedServers.withBackend(
            true,
            link ->
                link.faults(number -> number == 1 ? new LinkFault.Silence() : LinkFault.none()))) {
      uploadSoon(network);
      assertThat(network.servers.backend.grants()).hasSize(1);
      assertThat(network.toBackend.connections()).isGreaterThan(1);
    }
  }

  /** It has arrived, and is repeated under the same key: there is one asset. */
  @Test
  void aNotificationWhoseAnswerNeverComes() throws Exception {
    try (LinkedServers network = LinkedServers.withBackend(true, link -> link)) {
      network.servers.backendNetwork(
          head ->
              head.kind() == RequestHead.Kind.NOTIFICATION && head.attempt() == 1
                  ? new Fault.StallResponse()
                  : Fault.pass());
      uploadSoon(network);
      assertThat(network.servers.backend.notifications()).hasSize(2);
    }
  }
}
