package io.github.reelbeam.benchmarks.server;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what was stored. Safe for use by many threads. */
final class Ledger {
  private long requests;
  private long parts;
  private long objects;
  private long bytes;
  private final Map<Long, Integer> sizes = new TreeMap<>();

  synchronized void request() {
    requests++;
  }

  synchronized void part() {
    parts++;
  }

  synchronized void object(long size) {
    objects++;
    bytes += size;
    sizes.merge(size, 1, Integer::sum);
  }

  /** What was counted since the last call. */
  synchronized Tally take() {
    Tally tally = new Tally(requests, parts, objects, bytes, Map.copyOf(sizes));
    requests = 0;
    parts = 0;
    objects = 0;
    bytes = 0;
    sizes.clear();
    return tally;
  }

  /**
   * Counts.
   *
   * @param requests of any kind
   * @param parts that UploadPart brought
   * @param objects that are complete
   * @param bytes of these objects
   * @param sizes how many objects there are of each size in bytes
   */
  record Tally(long requests, long parts, long objects, long bytes, Map<Long, Integer> sizes) {

    /** One line, such as {@code requests=4 parts=2 objects=1 bytes=1048576 sizes=1048576*1}. */
    @Override
    public String toString() {
      return "requests=%d parts=%d objects=%d bytes=%d sizes=%s"
          .formatted(
              requests,
              parts,
              objects,
              bytes,
              new TreeMap<>(sizes)
                  .entrySet().stream()
                      .map(e -> e.getKey() + "*" + e.getValue())
                      .collect(Collectors.joining(",")));
    }
  }
}
