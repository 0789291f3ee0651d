package io.github.reelbeam.soak;

import io.github.reelbeam.testservers.FaultKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The figures of a soak. Safe for use by several threads. */
final class SoakTally {
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<FaultKind, Long> faults = new EnumMap<>(FaultKind.class);
  private final long start = System.nanoTime();

  synchronized void count(String what, long many) {
    counts.merge(what, many, Long::sum);
  }

  synchronized void faults(Map<FaultKind, Long> drawn) {
    drawn.forEach((kind, many) -> faults.merge(kind, many, Long::sum));
  }

  /** All of it in a few lines. */
  synchronized String report() {
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    long all = faults.values().stream().mapToLong(Long::longValue).sum();
    String figures =
        counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
    String kinds =
        faults.entrySet().stream()
            .map(fault -> fault.getKey() + " " + fault.getValue())
            .collect(Collectors.joining(", "));
    return "soak, %d s: %s%nsoak, faults of requests: %d: %s"
        .formatted(seconds, figures, all, kinds);
  }
}
