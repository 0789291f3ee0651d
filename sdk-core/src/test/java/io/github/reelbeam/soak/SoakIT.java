package io.github.reelbeam.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.reelbeam.TestFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Round after round of uploads among faults at every layer, for {@code -Dsoak.minutes}: what must
 * hold after each is in {@link SoakWorld#verify}, {@link SoakApp} and RecordingListener. Each round
 * is drawn from its own seed, which is printed when something does not hold: {@code
 * -Dsoak.round=SEED} plays that one alone.
 */
@Tag("soak")
class SoakIT {
  private static final Duration TIME =
      Duration.ofSeconds(Math.round(Double.parseDouble(setting("minutes", "30")) * 60));
  private static final long SEED = Long.parseLong(setting("seed", "" + System.nanoTime()));
  private static final int SIDE_BY_SIDE = Integer.parseInt(setting("sideBySide", "4"));
  private static final int SPARE_DESCRIPTORS = 30;

  @TempDir Path folder;
  private final SoakTally tally = new SoakTally();

  private static String setting(String name, String usual) {
    String value = System.getProperty("soak." + name, "");
    return value.isEmpty() ? usual : value;
  }

  @Test
  void nothingBreaksWhatMustHold() throws Exception {
    String one = setting("round", "");
    if (!one.isEmpty()) {
      round(Long.parseLong(one));
      System.out.println(tally.report());
      return;
    }
    System.out.printf(
        "soak: %d minutes, -Dsoak.seed=%d, %d rounds side by side%n",
        TIME.toMinutes(), SEED, SIDE_BY_SIDE);
    round(SEED); // what a JVM opens once and keeps is open after that
    long descriptors = openDescriptors();
    rounds();
    System.out.println(tally.report());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(threadsOfUploaders()).isEmpty());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(openDescriptors())
                    .as("open descriptors")
                    .isLessThanOrEqualTo(descriptors + SPARE_DESCRIPTORS));
  }

  private void rounds() throws Exception {
    long end = System.nanoTime() + TIME.toNanos();
    AtomicLong next = new AtomicLong(SEED + 1);
    AtomicBoolean failed = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
    List<Future<?>> runners = new ArrayList<>();
    for (int i = 0; i < SIDE_BY_SIDE; i++) {
      runners.add(
          threads.submit(
              () -> {
                while (System.nanoTime() < end && !failed.get()) {
                  try {
                    round(next.getAndIncrement());
                  } catch (Throwable t) {
                    failed.set(true);
                    throw t;
                  }
                }
                return null;
              }));
    }
    threads.shutdown();
    for (Future<?> runner : runners) {
      try {
        runner.get();
      } catch (ExecutionException e) {
        System.out.println(tally.report());
        throw new AssertionError(e.getCause());
      }
    }
  }

  private void round(long seed) throws Exception {
    SoakPlan plan = SoakPlan.draw(seed);
    Path own = Files.createDirectory(folder.resolve("round" + seed));
    List<Path> files = new ArrayList<>();
    for (long size : plan.sizes()) {
      Path file = own.resolve("clip-%d-%d.mp4".formatted(files.size() + 1, size));
      files.add(TestFiles.random(file, size));
      tally.count("MiB of files", size >> 20);
    }
    try (SoakWorld world = new SoakWorld(plan)) {
      try {
        if (plan.isKilled()) {
          KilledApp app = new KilledApp(plan, world, tally, files.get(0), own);
          app.run();
          app.verify();
        } else {
          try (SoakApp app = new SoakApp(plan, world, tally, files, own.resolve("journal"))) {
            app.run();
            app.verify();
          }
        }
        world.tell(tally);
        tally.count("rounds", 1);
      } catch (Throwable t) {
        throw new AssertionError(
            "-Dsoak.round=%d: %s%n%s%n%s".formatted(seed, t, plan, world.describe()), t);
      }
    }
    delete(files);
  }

  private static void delete(List<Path> files) throws IOException {
    for (Path file : files) {
      Files.delete(file);
    }
  }

  private static List<String> threadsOfUploaders() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().startsWith("reelbeam-"))
        .map(thread -> thread.getKey().getName() + " at " + List.of(thread.getValue()))
        .toList();
  }

  private static long openDescriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }
}
