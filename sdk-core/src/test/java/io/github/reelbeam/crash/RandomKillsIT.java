package io.github.reelbeam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.TestFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random moments of throttled uploads, until there have been 100. {@code
 * -Dreelbeam.crash.seed=...} draws the moments of an earlier run again; what the process was doing
 * then is up to the scheduler.
 */
@Tag("slow")
class RandomKillsIT {
  private static final int KILLS = 100;
  private static final long SIZE = 200L << 20;
  private static final int PARALLELISM = 2;
  private static final long RATE = 40L << 20;

  /** A process needs about one second before its first part is stored. */
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(3);

  private static final long SEED = Long.getLong("reelbeam.crash.seed", System.nanoTime());

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private int kills;

  @Test
  void everyUploadIsDoneOnceHoweverOftenItsProcessIsKilled() throws Exception {
    System.out.println("random kills: -Dreelbeam.crash.seed=" + SEED);
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), SIZE);
    long sent = 0;
    int uploads = 0;
    while (kills < KILLS) {
      sent += upload(file, ++uploads);
    }
    System.out.printf(
        "random kills: %d kills, %d uploads, %d MiB stored, %d MiB sent, %d MiB allowed%n",
        kills,
        uploads,
        (uploads * SIZE) >> 20,
        sent >> 20,
        (uploads * SIZE + kills * inFlight()) >> 20);
    assertThat(sent).isLessThanOrEqualTo(uploads * SIZE + kills * inFlight());
  }

  private static long inFlight() {
    return (long) PARALLELISM * CrashSite.PART;
  }

  /** Starts processes for one upload until one of them has ended by itself. */
  private long upload(Path file, int number) throws Exception {
    Path own = folder.resolve("upload-" + number);
    try (CrashSite site = new CrashSite(file, own, PARALLELISM, RATE)) {
      int before = kills;
      boolean accepted = false;
      while (true) {
        try (UploaderProcess process = site.startAgain(accepted)) {
          if (endsInTime(process)) {
            assertThat(process.awaitExit()).as("upload %d: %s", number, process).isZero();
            break;
          }
          process.kill();
          kills++;
          accepted |= process.hasPrinted(CrashingUploader.ACCEPTED);
        }
      }
      System.out.printf(
          "random kills: upload %d is done after %d kills, %d MiB sent%n",
          number, kills - before, site.videoBytesSent() >> 20);
      site.verifyDone((kills - before) * inFlight());
      return site.videoBytesSent();
    }
  }

  private boolean endsInTime(UploaderProcess process) throws InterruptedException {
    if (kills == KILLS) {
      process.awaitExit();
      return true;
    }
    return process.endsWithin(Duration.ofMillis(random.nextLong(LONGEST_LIFE.toMillis())));
  }
}
