package io.github.reelbeam.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.crash.ChildJvm;
import io.github.reelbeam.crash.UploaderProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts {@link SoakProcess} for a file, and again after each SIGKILL, until it is uploaded. */
final class KilledApp {
  private static final int MOST_STARTS = 30;

  private final SoakPlan plan;
  private final SoakWorld world;
  private final SoakTally tally;
  private final Path file;
  private final Path folder;
  private String uploadId = "";

  KilledApp(SoakPlan plan, SoakWorld world, SoakTally tally, Path file, Path folder) {
    this.plan = plan;
    this.world = world;
    this.tally = tally;
    this.file = file;
    this.folder = folder;
  }

  void run() throws Exception {
    Deque<Duration> kills = new ArrayDeque<>(plan.kills());
    String known = "";
    for (int starts = 1; uploadId.isEmpty(); starts++) {
      assertThat(starts).as("starts of the process").isLessThan(MOST_STARTS);
      tally.count("starts", 1);
      try (UploaderProcess process = start()) {
        if (!kills.isEmpty() && !process.endsWithin(kills.remove())) {
          process.kill();
          tally.count("kills", 1);
        } else {
          ended(process);
        }
        // a process that goes on with it may be killed when all is done, just before it says so
        known = accepted(process).orElse(known);
        uploadId = isDone() ? known : "";
      }
    }
    tally.count("uploads", 1);
  }

  private void ended(UploaderProcess process) throws InterruptedException {
    int exit = process.awaitExit();
    assertThat(exit).as("%s", process).isIn(0, SoakProcess.STOPPED);
    if (exit == SoakProcess.STOPPED) {
      tally.count("failures", 1);
    }
  }

  /** Also if it was killed just after its end, with all done: then the journal is empty. */
  private boolean isDone() {
    try {
      return SoakWorld.filesIn(folder.resolve("journal")).isEmpty();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<String> accepted(UploaderProcess process) {
    return process.lines().stream()
        .filter(line -> line.startsWith(SoakProcess.ACCEPTED))
        .map(line -> line.substring(SoakProcess.ACCEPTED.length()))
        .findFirst();
  }

  private UploaderProcess start() throws IOException {
    return UploaderProcess.start(
        folder,
        ChildJvm.command(
            SoakProcess.class,
            List.of(
                world.backend().toString(),
                file.toString(),
                folder.resolve("journal").toString(),
                Integer.toString(plan.parallelism()))));
  }

  /** Checks what has to hold. */
  void verify() throws IOException {
    world.verify(Map.of(uploadId, file), 0);
  }
}
