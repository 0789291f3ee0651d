package io.github.reelbeam.benchmarks.harness;

import io.github.reelbeam.benchmarks.harness.Settings.MemoryCell;
import java.io.IOException;

/**
 * Runs what the {@linkplain Settings system properties} say and prints the tables. It takes the
 * machine for itself: whatever else runs there is measured too.
 */
public final class Benchmark {
  private final Settings settings;

  Benchmark(Settings settings) {
    this.settings = settings;
  }

  String run() throws IOException {
    Report report = new Report(settings);
    String tables = "";
    try (StoreProcess store =
        new StoreProcess(Launcher.java(), settings.scratch(), settings.scheme())) {
      WarmRounds warm = new WarmRounds(settings, store);
      ColdRounds cold = new ColdRounds(settings, store);
      for (String mode : settings.modes()) {
        switch (mode) {
          case "warm" -> {
            for (Load load : settings.loads()) {
              warm.run(load, report::add);
              tables = report.write();
            }
          }
          case "cold" -> {
            warm.warmStore();
            for (Load load : settings.loads()) {
              cold.run(load, report::add);
              tables = report.write();
            }
          }
          case "memory" -> {
            for (MemoryCell cell : settings.memory()) {
              cold.runWithin(cell, report::add);
              tables = report.write();
            }
          }
          default -> throw new IllegalArgumentException("no mode: " + mode);
        }
      }
    }
    return tables;
  }

  /**
   * Runs.
   *
   * @param args none
   */
  public static void main(String[] args) throws IOException {
    System.out.println(new Benchmark(Settings.from(System::getProperty)).run());
  }
}
