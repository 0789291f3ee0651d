package io.github.reelbeam.internal.transfer;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Joining the checksums of two parts: once for each part when an object is completed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Crc32CombinerBenchmark {
  /** Bytes in the second part. */
  @Param({"8388608", "5368709119"})
  public long length;

  private int first = 0x12345678;

  /** One part more. */
  @Benchmark
  public int combine() {
    first = Crc32Combiner.combine(first, 0x0F1E2D3C, length);
    return first;
  }
}
