package io.github.reelbeam.benchmarks.contestants;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a contestant uploads to, and with which temporary credentials.
 *
 * @param endpoint the store's URL, which is the URL of a backend too
 * @param scratch a folder for what a client wants to keep on the disk
 * @param number counts the keys that were given out
 */
public record Target(URI endpoint, Path scratch, AtomicLong number) {
  /** Nobody's. */
  public static final String ACCESS_KEY = "ASIABENCHMARKBENCHMAR";

  /** Opens nothing. */
  public static final String SECRET_KEY = "benchmark/benchmark/benchmark/benchmark0";

  /** As long as those of STS, since it goes with every request. */
  public static final String SESSION_TOKEN = "benchmark/token+".repeat(48);

  /** Starts to count at 1. */
  public Target(URI endpoint, Path scratch) {
    this(endpoint, scratch, new AtomicLong());
  }

  /** A key that no other object of this process has. */
  public String nextKey() {
    return "uploads/" + number.incrementAndGet() + ".mp4";
  }
}
