package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.VideoSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Reading a part of 8 MiB out of the page cache, slice by slice as they are asked for. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PartBodyBenchmark {
  private static final int PART = 8 << 20;

  private final SliceBuffers buffers = new SliceBuffers();
  private final SilentObserver observer = new SilentObserver();
  private @Nullable Path file;

  /** Writes the file. */
  @Setup
  public void writeFile() throws IOException {
    file = Files.write(Files.createTempFile("part-body", ".bin"), new byte[PART]);
  }

  /** Removes the file. */
  @TearDown
  public void removeFile() throws IOException {
    if (file != null) {
      Files.delete(file);
    }
  }

  /** One part. */
  @Benchmark
  public long read() {
    if (file == null) {
      throw new IllegalStateException("no file");
    }
    Drain drain = new Drain();
    new PartBody(VideoSource.of(file), new PartPlan(PART, PART), 1, buffers, observer)
        .subscribe(drain);
    while (!drain.ended) {
      drain.next();
    }
    if (drain.bytes != PART) {
      throw new IllegalStateException(drain.bytes + " bytes");
    }
    return drain.bytes;
  }

  /** Counts what it gets. */
  private static final class Drain implements Subscriber<ByteBuffer> {
    private @Nullable Subscription subscription;
    private long bytes;
    private boolean ended;

    void next() {
      if (subscription != null) {
        subscription.request(1);
      }
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
    }

    @Override
    public void onNext(ByteBuffer slice) {
      bytes += slice.remaining();
    }

    @Override
    public void onError(Throwable failure) {
      throw new IllegalStateException(failure);
    }

    @Override
    public void onComplete() {
      ended = true;
    }
  }
}
