package io.github.reelbeam.benchmarks.contestants;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** What a round costs, measured from within the JVM. */
final class JvmFigures {
  private final OperatingSystemMXBean process =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private final ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private Map<Long, Long> allocated = Map.of();
  private long wall;
  private long cpu;

  void begin() {
    allocated = allocatedByThread();
    cpu = process.getProcessCpuTime();
    wall = System.nanoTime();
  }

  /** One line: nanoseconds, and bytes. */
  String end() throws IOException {
    long wallNanos = System.nanoTime() - wall;
    long cpuNanos = process.getProcessCpuTime() - cpu;
    long bytes = 0;
    for (Map.Entry<Long, Long> thread : allocatedByThread().entrySet()) {
      bytes += thread.getValue() - allocated.getOrDefault(thread.getKey(), 0L);
    }
    return "wall=%d cpu=%d allocated=%d peak=%d"
        .formatted(wallNanos, cpuNanos, bytes, ProcFigures.peakResidentBytes());
  }

  /**
   * By all threads that live. What one allocated that was started and has ended within the round is
   * missing, since the JVM does not say before JDK 21: that is the most of MinIO's client, which
   * starts a thread for each upload, and little of the others, which keep theirs.
   */
  private Map<Long, Long> allocatedByThread() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    Map<Long, Long> byThread = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] > 0) {
        byThread.put(ids[i], bytes[i]);
      }
    }
    return byThread;
  }
}
