package io.github.reelbeam.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.TestFiles;
import io.github.reelbeam.crash.CrashSite.Leftovers;
import io.github.reelbeam.crash.CrashingUploader.Task;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.RequestHead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with the same file and the same journal: one uploads, the other is refused. */
class TwoProcessesIT {
  private static final int PARTS = 3;

  @TempDir Path folder;
  private final CountDownLatch gate = new CountDownLatch(1);
  private CrashSite site;

  @BeforeEach
  void holdPartsBack() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * CrashSite.PART - 1);
    site = new CrashSite(file, folder.resolve("site"), PARTS, 0, Leftovers.MUST_NOT_BE);
    // the first part comes through, the others wait at the proxy: the upload is half-way
    site.faults(
        head -> {
          if (head.partNumber().orElse(0) > 1) {
            awaitGate();
          }
          return Fault.pass();
        });
  }

  private void awaitGate() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void stopServers() {
    gate.countDown();
    site.close();
  }

  @Test
  void theSecondIsRefusedWhileTheFirstIsHalfWay() throws Exception {
    try (UploaderProcess first = site.start(Task.UPLOAD)) {
      first.awaitLine("after S3 UploadPart 1");
      try (UploaderProcess second = site.start(Task.UPLOAD)) {
        assertRefused(second);
      }
      assertThat(first.isAlive()).isTrue();
      assertGoesOnAlone(first);
    }
  }

  @Test
  void resumingAllLeavesTheOtherProcessAlone() throws Exception {
    try (UploaderProcess first = site.start(Task.UPLOAD)) {
      first.awaitLine("after S3 UploadPart 1");
      try (UploaderProcess second = site.start(Task.RESUME)) {
        assertThat(second.awaitExit()).as("%s", second).isZero();
        assertThat(second.lines()).isEmpty();
      }
      assertThat(first.isAlive()).isTrue();
      assertGoesOnAlone(first);
    }
  }

  @RepeatedTest(3)
  void ofTwoAtTheSameMomentOneIsRefused() throws Exception {
    try (UploaderProcess one = site.start(Task.UPLOAD);
        UploaderProcess other = site.start(Task.UPLOAD)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(10))
          .until(() -> !one.isAlive() || !other.isAlive());
      UploaderProcess winner = one.isAlive() ? one : other;
      UploaderProcess loser = one.isAlive() ? other : one;
      assertRefused(loser);
      winner.awaitLine("after S3 UploadPart 1");
      assertGoesOnAlone(winner);
    }
  }

  private static void assertRefused(UploaderProcess process) throws Exception {
    assertThat(process.awaitExit()).as("%s", process).isEqualTo(CrashingUploader.REFUSED);
    List<String> lines = process.lines();
    assertThat(lines).singleElement().asString().startsWith(CrashingUploader.REFUSAL + "Upload ");
    assertThat(lines.get(0))
        .endsWith(
            " is being worked on already, by another process or in this one; wait for it, or stop"
                + " it there.");
  }

  private void assertGoesOnAlone(UploaderProcess process) throws Exception {
    gate.countDown();
    assertThat(process.awaitExit()).as("%s", process).isZero();
    site.verifyDone(0);
    assertThat(site.proxy.requests().stream().map(request -> request.head()))
        .filteredOn(RequestHead::isCreate)
        .hasSize(1);
    assertThat(site.backend.grants()).hasSize(1);
    assertThat(site.backend.notifications()).hasSize(1);
  }
}
