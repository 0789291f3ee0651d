package io.github.reelbeam;

import static io.github.reelbeam.Servers.MIB;
import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steering uploads while they run: their rate, their parts in flight, their order. */
@Tag("timed")
class LiveControlIT {
  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void stopServers() {
    servers.close();
  }

  private Upload start(VideoUploader uploader, String name, long size, UploadPriority priority)
      throws Exception {
    Path file = TestFiles.random(folder.resolve(name), size);
    return uploader.upload(UploadRequest.builder(file).priority(priority).build());
  }

  private Upload start(VideoUploader uploader, long size) throws Exception {
    return start(uploader, "holiday.mp4", size, UploadPriority.NORMAL);
  }

  private static void awaitTime(ByteCurve sent, double seconds) {
    await().atMost(Duration.ofMinutes(1)).until(() -> sent.now() > seconds);
  }

  private void eachPartGoesAt(int bytesPerSecond) {
    servers.faults(
        head -> {
          if (head.partNumber().isPresent()) {
            begun.incrementAndGet();
          }
          return new Fault.LimitRate(bytesPerSecond);
        });
  }

  private int partsUnderWay() {
    return begun.get() - servers.partRequests().size();
  }

  @Test
  void theRateCanBeChangedAtAnyTime() throws Exception {
    try (VideoUploader uploader = servers.uploader().build();
        ByteCurve sent = ByteCurve.of(servers.proxy::bodyBytesReceived)) {
      uploader.limitRate(4 * MIB);
      Upload upload = start(uploader, 48 * MIB);
      awaitTime(sent, sent.now() + 2);
      double raised = sent.now();
      uploader.limitRate(16 * MIB);
      awaitTime(sent, raised + 2.1);
      double lowered = sent.now();
      uploader.limitRate(2 * MIB);
      awaitTime(sent, lowered + 2.1);
      double freed = sent.now();
      uploader.limitRate(0);
      upload.await(Duration.ofSeconds(20));
      assertThat(sent.rate(raised - 1, raised)).isCloseTo(4 * MIB, within(0.1 * 4 * MIB));
      assertThat(sent.rate(raised + 1, raised + 2)).isCloseTo(16 * MIB, within(0.1 * 16 * MIB));
      assertThat(sent.rate(lowered + 1, lowered + 2)).isCloseTo(2 * MIB, within(0.15 * 2 * MIB));
      assertThat(sent.end() - freed).as("seconds for what was left").isLessThan(10);
    }
  }

  @Test
  @Tag("slow")
  void theRateIsHeldWithinFivePercent() throws Exception {
    for (long rate : List.of(300_000L, 4_000_000L, 20_000_000L)) {
      long before = servers.proxy.bodyBytesReceived();
      try (VideoUploader uploader = servers.uploader().build();
          ByteCurve sent = ByteCurve.of(servers.proxy::bodyBytesReceived)) {
        Upload upload =
            start(uploader, rate + ".mp4", 128 * MIB + 12 * rate, UploadPriority.NORMAL);
        await().until(() -> servers.proxy.bodyBytesReceived() > before);
        double limited = sent.now();
        uploader.limitRate(rate);
        awaitTime(sent, limited + 11.1);
        upload.cancel();
        assertThat(sent.rate(limited + 1, limited + 11))
            .as("over 10 seconds, from 1 second after the call")
            .isCloseTo((double) rate, within(0.05 * rate));
      }
    }
  }

  @Test
  void fewerPartsAtATimeFromNowOn() throws Exception {
    eachPartGoesAt(8 * MIB);
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = start(uploader, 14 * PART);
      await().until(() -> partsUnderWay() == 4);
      uploader.limitParallelism(1);
      await().atMost(Duration.ofSeconds(20)).until(() -> partsUnderWay() == 1);
      uploader.limitParallelism(3);
      await().until(() -> partsUnderWay() == 3);
      upload.await(Duration.ofSeconds(60));
      assertThatIllegalArgumentException().isThrownBy(() -> uploader.limitParallelism(5));
      assertThatIllegalArgumentException().isThrownBy(() -> uploader.limitParallelism(0));
      assertThatIllegalArgumentException().isThrownBy(() -> uploader.limitRate(-1));
    }
  }

  /** The first one has parts left when the second becomes more urgent: these wait until it has. */
  @Test
  void anUploadThatBecameMoreUrgentOvertakesAnother() throws Exception {
    CountDownLatch urgent = new CountDownLatch(1);
    servers.faults(
        head -> {
          if (head.partNumber().orElse(0) > 4) {
            awaitOpen(urgent);
          }
          return new Fault.LimitRate(8 * MIB);
        });
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload first = start(uploader, "first.mp4", 12 * PART, UploadPriority.NORMAL);
      Upload second = start(uploader, "second.mp4", 12 * PART, UploadPriority.LOW);
      await().until(() -> first.progress().committedBytes() >= PART);
      await().until(() -> servers.requests(RequestHead::isCreate).size() == 2);
      second.prioritize(UploadPriority.HIGH);
      urgent.countDown();
      VideoAsset asset = second.await(Duration.ofSeconds(60));
      first.await(Duration.ofSeconds(60));
      // by the order of the parts: which of the two the store completes sooner is the store's
      // affair
      List<Boolean> ofSecond =
          servers.partRequests().stream()
              .map(part -> part.head().target().contains(asset.key()))
              .toList();
      assertThat(ofSecond).hasSize(24);
      // 4 parts of the first one pass the gate and 4 more are held by it
      List<Boolean> afterwards = ofSecond.subList(8, 1 + ofSecond.lastIndexOf(true));
      assertThat(afterwards.stream().filter(itIs -> !itIs).count())
          .as("parts of the less urgent one that went before the other's last: %s", ofSecond)
          .isLessThanOrEqualTo(2);
    }
  }

  private static void awaitOpen(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
