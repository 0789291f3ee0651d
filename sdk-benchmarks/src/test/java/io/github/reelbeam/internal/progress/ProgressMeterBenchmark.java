package io.github.reelbeam.internal.progress;

import io.github.reelbeam.UploadProgress;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What each slice of 64 KiB costs for being counted, also while somebody looks at the count. */
@State(Scope.Group)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ProgressMeterBenchmark {
  private static final long SLICE = 64 << 10;

  private ProgressMeter meter = new ProgressMeter(1L << 40, System::nanoTime);

  /** Starts from nothing. */
  @Setup(Level.Iteration)
  public void begin() {
    meter = new ProgressMeter(1L << 40, System::nanoTime);
  }

  /** Nobody else is there. */
  @Benchmark
  @Group("alone")
  @GroupThreads(1)
  public void sentAlone() {
    meter.sent(1, SLICE);
  }

  /** Beside another thread that sends. */
  @Benchmark
  @Group("together")
  @GroupThreads(2)
  public void sentTogether() {
    meter.sent(1, SLICE);
  }

  /** The look itself. */
  @Benchmark
  @Group("looking")
  @GroupThreads(1)
  public UploadProgress snapshot() {
    return meter.snapshot();
  }
}
