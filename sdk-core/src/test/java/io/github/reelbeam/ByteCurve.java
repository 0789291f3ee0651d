package io.github.reelbeam;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How a count of bytes has grown, as seen every few milliseconds. */
final class ByteCurve implements AutoCloseable {
  private static final long EVERY_MILLIS = 20;

  private record Point(double seconds, long bytes) {}

  private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
  private final List<Point> points = new ArrayList<>();
  private final long start = System.nanoTime();

  private ByteCurve(LongSupplier bytes) {
    var unused =
        watch.scheduleAtFixedRate(
            () -> add(new Point(now(), bytes.getAsLong())), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Watches a count from now on. */
  static ByteCurve of(LongSupplier bytes) {
    return new ByteCurve(bytes);
  }

  private synchronized void add(Point point) {
    points.add(point);
  }

  /** Seconds since the watch began. */
  double now() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** When there were more than so many bytes for the first time. */
  synchronized double timeOf(long bytes) {
    return points.stream()
        .filter(point -> point.bytes() > bytes)
        .findFirst()
        .orElseThrow()
        .seconds();
  }

  /** When the count changed for the last time. */
  double end() {
    long last;
    synchronized (this) {
      last = points.get(points.size() - 1).bytes();
    }
    return timeOf(last - 1);
  }

  /** Bytes per second between two moments, given in seconds since the watch began. */
  synchronized double rate(double from, double to) {
    Point first = at(from);
    Point last = at(to);
    return (last.bytes() - first.bytes()) / (last.seconds() - first.seconds());
  }

  /** Megabytes per second, every two seconds. */
  @Override
  public synchronized String toString() {
    double end = points.get(points.size() - 1).seconds();
    return IntStream.range(0, (int) (end / 2))
        .mapToObj(i -> String.format(Locale.ROOT, "%.1f", rate(2 * i, 2 * i + 2) / 1e6))
        .collect(Collectors.joining(" "));
  }

  private Point at(double seconds) {
    return points.stream().filter(point -> point.seconds() >= seconds).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
