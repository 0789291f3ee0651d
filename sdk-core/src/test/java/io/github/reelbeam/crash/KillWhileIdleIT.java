package io.github.reelbeam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.TestFiles;
import io.github.reelbeam.crash.CrashSite.Leftovers;
import io.github.reelbeam.crash.CrashingUploader.Task;
import io.github.reelbeam.testservers.Fault;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed while nothing moves: the upload goes on from what was stored before. */
class KillWhileIdleIT {
  private static final int PARTS = 4;

  @TempDir Path folder;
  private CrashSite site;

  @BeforeEach
  void startServers() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), PARTS * CrashSite.PART - 1);
    site = new CrashSite(file, folder.resolve("site"), 1, 0, Leftovers.MUST_NOT_BE);
  }

  @AfterEach
  void stopServers() {
    site.close();
  }

  @Test
  void whilePaused() throws Exception {
    try (UploaderProcess paused = site.start(Task.PAUSE)) {
      paused.awaitLine(CrashingUploader.STATE + "PAUSED");
      paused.kill();
      assertGoesOn(paused);
    }
  }

  @Test
  void whileTheNetworkIsAway() throws Exception {
    site.faults(
        head -> {
          if (head.partNumber().orElse(0) > 1) {
            site.proxy.goOffline();
          }
          return Fault.pass();
        });
    try (UploaderProcess waiting = site.start(Task.UPLOAD)) {
      waiting.awaitLine(CrashingUploader.STATE + "WAITING");
      waiting.kill();
      site.faults(head -> Fault.pass());
      site.proxy.goOnline();
      assertGoesOn(waiting);
    }
  }

  private void assertGoesOn(UploaderProcess killed) throws Exception {
    assertThat(killed.hasPrinted("after S3 UploadPart 1")).as("%s", killed).isTrue();
    assertThat(site.s3.openUploads()).hasSize(1);
    try (UploaderProcess second = site.startAgain(true)) {
      assertThat(second.awaitExit()).as("%s", second).isZero();
    }
    site.verifyDone((long) CrashSite.PART * killed.partsInFlight().size());
  }
}
