package io.github.reelbeam.leaks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a process holds at one moment.
 *
 * @param uploads how many uploads it has done by then
 * @param threads all live threads
 * @param own those of Reelbeam
 * @param descriptors open files and sockets
 * @param heapKib the heap in use after a collection
 * @param files in the journal's folder and in the one for temporary files
 */
record Figures(int uploads, int threads, int own, int descriptors, long heapKib, int files) {
  private static final String LINE = "figures";
  static final String OWN_THREADS = "reelbeam-";

  /** Of this process. */
  static Figures take(int uploads, List<Path> folders) throws IOException {
    int files = 0;
    for (Path folder : folders) {
      files += count(folder);
    }
    return new Figures(
        uploads,
        Thread.getAllStackTraces().size(),
        (int) ownThreads().count(),
        count(Path.of("/proc/self/fd")),
        heapInUse(),
        files);
  }

  /** The names of Reelbeam's threads that live. */
  static Stream<String> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(OWN_THREADS));
  }

  private static int count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return (int) files.count();
    }
  }

  /** Cleaners and references take more than one collection. */
  private static long heapInUse() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
  }

  /** For the process that watches. */
  String line() {
    return String.format(
        Locale.ROOT,
        LINE + " %d %d %d %d %d %d",
        uploads,
        threads,
        own,
        descriptors,
        heapKib,
        files);
  }

  /** All that a process has printed. */
  static List<Figures> in(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith(LINE + " "))
        .map(line -> line.split(" "))
        .map(
            f ->
                new Figures(
                    Integer.parseInt(f[1]),
                    Integer.parseInt(f[2]),
                    Integer.parseInt(f[3]),
                    Integer.parseInt(f[4]),
                    Long.parseLong(f[5]),
                    Integer.parseInt(f[6])))
        .toList();
  }

  /** As a table for a document. */
  static String table(List<Figures> all) {
    StringBuilder table =
        new StringBuilder(
            """
            | uploads | threads | of them Reelbeam's | open files and sockets | heap after GC, KiB | files left |
            |---|---|---|---|---|---|
            """);
    for (Figures f : all) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %d | %d | %d | %d | %d | %d |%n",
              f.uploads,
              f.threads,
              f.own,
              f.descriptors,
              f.heapKib,
              f.files));
    }
    return table.toString();
  }
}
