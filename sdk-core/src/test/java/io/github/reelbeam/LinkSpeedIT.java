package io.github.reelbeam;

import static io.github.reelbeam.Servers.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.testservers.NetworkLink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How much of a network the uploader uses, and with how many connections. */
@Tag("slow")
class LinkSpeedIT {
  private static final Logger log = LoggerFactory.getLogger(LinkSpeedIT.class);
  private static final long MBIT = 1_000_000 / 8;

  @TempDir Path folder;
  private final RecordingListener listener = new RecordingListener();

  /**
   * What was seen of an upload.
   *
   * @param rate bytes per second, from the first to the last
   */
  private record Seen(double rate, int connections) {}

  /**
   * With a send buffer as Linux has it on networks, where it grows with the congestion window. On
   * the loopback it is 2.6 MB from the start, because packets have 64 KiB there.
   */
  private OkHttpClient client =
      new OkHttpClient.Builder().socketFactory(new SmallSendBuffers()).build();

  private Seen upload(long size, long partSize, UnaryOperator<NetworkLink.Builder> link)
      throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), size);
    TransferOptions options =
        Servers.options()
            .partSize(partSize)
            .parallelism(32)
            .adaptiveParallelism(true)
            .stallTimeout(Duration.ofSeconds(30))
            .build();
    try (LinkedServers linked = LinkedServers.withStore(false, link);
        ByteCurve sent = ByteCurve.of(linked.toStore::bytesUp);
        VideoUploader uploader =
            linked.uploader().httpClient(client).transferOptions(options).build()) {
      VideoAsset asset =
          uploader
              .upload(UploadRequest.builder(file).listener(listener).build())
              .await(Duration.ofMinutes(3));
      double begin = sent.timeOf(0);
      Seen seen = new Seen(sent.rate(begin, sent.end()), linked.toStore.connections());
      log.info("{} for {} MiB: {}", seen, size / MIB, sent);
      assertThat(linked.servers.s3.keys()).containsExactly(asset.key());
      listener.verify("completed");
      assertThat(listener.retries()).isEmpty();
      return seen;
    }
  }

  @Test
  void fillsALinkWithALongDelay() throws Exception {
    long capacity = 200 * MBIT;
    Seen seen =
        upload(
            384 * MIB,
            8 * MIB,
            link -> link.bytesPerSecond(capacity).latency(Duration.ofMillis(40)));
    assertThat(seen.rate()).isGreaterThan(0.92 * capacity);
  }

  @Test
  void fillsALinkThatHoldsEachConnectionBack() throws Exception {
    long capacity = 100 * MBIT;
    Seen seen =
        upload(
            512 * MIB,
            5 * MIB,
            link -> link.bytesPerSecond(capacity).bytesPerSecondOfEach(5 * MBIT));
    assertThat(seen.rate()).isGreaterThan(0.85 * capacity);
  }

  /** Also where a part vanishes in the system's buffers as a whole, and nothing is to be seen. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void doesNotCrowdAThinLink(boolean buffersOfANetwork) throws Exception {
    client = buffersOfANetwork ? client : new OkHttpClient();
    long capacity = 2 * MBIT;
    Seen seen = upload(12 * MIB, 8 * MIB, link -> link.bytesPerSecond(capacity));
    assertThat(seen.connections()).isLessThanOrEqualTo(3);
    assertThat(seen.rate()).isGreaterThan(0.9 * capacity);
  }
}
