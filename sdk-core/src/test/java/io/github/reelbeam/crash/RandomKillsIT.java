package io.github.reelbeam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.TestFiles;
import io.github.reelbeam.crash.CrashSite.Leftovers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
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
  private static final long MOST_IN_FLIGHT = (long) PARALLELISM * CrashSite.PART;

  /** Long enough for some parts: a process needs up to a second before it sends the first. */
  private static final Duration LONGEST_LIFE = Duration.ofSeconds(3);

  private static final long SEED = Long.getLong("reelbeam.crash.seed", System.nanoTime());

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private Path file;
  private int kills;
  private long sent;
  private long allowed;

  @BeforeEach
  void makeFile() throws Exception {
    file = TestFiles.random(folder.resolve("holiday.mp4"), SIZE);
    try (CrashSite site =
            new CrashSite(
                file, folder.resolve("archiving"), PARALLELISM, 0, Leftovers.MUST_NOT_BE);
        UploaderProcess archiving = site.startArchiving()) {
      assertThat(archiving.awaitExit()).as("%s", archiving).isZero();
    }
  }

  @Test
  void everyUploadIsDoneOnceHoweverOftenItsProcessIsKilled() throws Exception {
    System.out.println("random kills: -Dreelbeam.crash.seed=" + SEED);
    int uploads = 0;
    while (kills < KILLS) {
      uploads++;
      upload(uploads);
    }
    System.out.printf(
        "random kills: %d kills, %d uploads, %d MiB stored, %d MiB sent, %d MiB with what was in"
            + " flight at the kills%n",
        kills, uploads, (uploads * SIZE) >> 20, sent >> 20, allowed >> 20);
    assertThat(sent).isLessThanOrEqualTo(allowed);
    assertThat(allowed).isLessThanOrEqualTo(uploads * SIZE + kills * MOST_IN_FLIGHT);
  }

  /** Starts processes for one upload until one of them has ended by itself. */
  private void upload(int number) throws Exception {
    Path own = folder.resolve("upload-" + number);
    try (CrashSite site = new CrashSite(file, own, PARALLELISM, RATE, Leftovers.ARE_ABORTED)) {
      int killsBefore = kills;
      List<String> killedAfter = new ArrayList<>();
      long inFlight = 0;
      boolean accepted = false;
      boolean done = false;
      while (!done) {
        try (UploaderProcess process = site.startAgain(accepted)) {
          done = endsInTime(process);
          if (done) {
            assertThat(process.awaitExit()).as("upload %d: %s", number, process).isZero();
          } else {
            process.kill();
            kills++;
            List<String> points = process.points();
            killedAfter.add(points.isEmpty() ? "-" : points.get(points.size() - 1));
            inFlight += (long) process.partsInFlight().size() * CrashSite.PART;
            accepted |= process.hasPrinted(CrashingUploader.ACCEPTED);
          }
        }
      }
      System.out.printf(
          "random kills: upload %d is done after %d kills, %d MiB sent, %d MiB were in flight;"
              + " the last points passed were %s%n",
          number, kills - killsBefore, site.videoBytesSent() >> 20, inFlight >> 20, killedAfter);
      site.verifyDone(inFlight);
      sent += site.videoBytesSent();
      allowed += SIZE + inFlight;
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
