package io.github.reelbeam.internal.pipeline;

import io.github.reelbeam.UploadListener.PartRetry;
import io.github.reelbeam.internal.transfer.StoreRequest;
import io.github.reelbeam.internal.transfer.TransferObserver;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/** What the gate costs through which each slice is reported. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RunReportsBenchmark {
  private final RunReports reports = new RunReports(new Dropped());

  /** One part is on its way. */
  @Benchmark
  @Threads(1)
  public void alone() {
    reports.partSent(1, 64 << 10);
  }

  /** Eight are. */
  @Benchmark
  @Threads(8)
  public void eight() {
    reports.partSent(1, 64 << 10);
  }

  /** Hears everything and does nothing. */
  private static final class Dropped implements TransferObserver {
    @Override
    public void multipartOpened(String multipartUploadId) {}

    @Override
    public void resumed(Map<Integer, Long> stored) {}

    @Override
    public void partSent(int partNumber, long bytes) {
      Blackhole.consumeCPU(0);
    }

    @Override
    public void partDropped(int partNumber) {}

    @Override
    public void partCommitted(int partNumber, long bytes, @Nullable String crc32) {}

    @Override
    public void requestSent() {}

    @Override
    public void requestEnded(StoreRequest request) {}

    @Override
    public void partRetry(PartRetry retry) {}

    @Override
    public void unreachable() {}

    @Override
    public void reachable() {}

    @Override
    public void beforeComplete() {}
  }
}
