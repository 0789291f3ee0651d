package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okio.BufferedSink;
import okio.Okio;
import okio.Throttler;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Pulling 8 MiB that are in memory already into a sink that drops them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BodyPullBenchmark {
  private static final int SLICE = 64 << 10;
  private static final int SLICES = 128;

  private final ByteBuffer slice = ByteBuffer.allocateDirect(SLICE);
  private final Throttler throttler = new Throttler();
  private final BufferedSink sink = Okio.buffer(Okio.blackhole());

  /** One body. */
  @Benchmark
  public void pull() throws IOException {
    new PulledRequestBody(
            subscriber -> subscriber.onSubscribe(new InPlace(subscriber)),
            (long) SLICE * SLICES,
            throttler,
            Duration.ofMinutes(1))
        .writeTo(sink);
    sink.flush();
  }

  /** Emits from within {@code request}, as a part does. */
  private final class InPlace implements Subscription {
    private final Subscriber<? super ByteBuffer> subscriber;
    private int left = SLICES;

    InPlace(Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      left--;
      subscriber.onNext(slice.clear());
      if (left == 0) {
        subscriber.onComplete();
      }
    }

    @Override
    public void cancel() {}
  }
}
