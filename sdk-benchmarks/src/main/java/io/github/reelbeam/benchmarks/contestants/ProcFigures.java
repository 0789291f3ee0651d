package io.github.reelbeam.benchmarks.contestants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux knows of this process. */
final class ProcFigures {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String PEAK = "VmHWM:";

  private ProcFigures() {}

  /** The most memory that was ever resident, in bytes; 0 where the system does not tell. */
  static long peakResidentBytes() throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    for (String line : Files.readAllLines(STATUS)) {
      if (line.startsWith(PEAK)) {
        String kib = line.substring(PEAK.length(), line.length() - " kB".length()).strip();
        return Long.parseLong(kib) << 10;
      }
    }
    return 0;
  }
}
