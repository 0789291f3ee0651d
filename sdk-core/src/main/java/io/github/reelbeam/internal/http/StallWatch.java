package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import okhttp3.Call;
import okio.Buffer;
import okio.ForwardingSink;
import okio.ForwardingSource;
import okio.Sink;
import okio.Source;
import org.jspecify.annotations.Nullable;

/** One call, and by when the network has to have done its next bit for it. */
final class StallWatch {
  /** What okio hands to the socket at once; on the slowest of networks it is under way for long. */
  private static final int PIECE = 8 << 10;

  private static final int MOST_TIMES = 4;

  private final Call call;
  private final Duration stallTimeout;
  private final FilledBuffers buffers;
  private volatile @Nullable Long due;
  private volatile boolean fired;
  private volatile @Nullable Future<?> checks;

  StallWatch(Call call, Duration stallTimeout, LongSupplier connectionRate) {
    this.call = call;
    this.stallTimeout = stallTimeout;
    this.buffers = new FilledBuffers(connectionRate);
  }

  void checkedBy(Future<?> repeatedly) {
    checks = repeatedly;
  }

  void expect(Duration within) {
    due = System.nanoTime() + within.toNanos();
  }

  void expectMore() {
    expect(stallTimeout);
  }

  /**
   * What was written may still lie in the buffers of this machine, or of a proxy's. They drain at
   * the pace of the network, which is known from what was written after they were full; or nearly
   * so, hence a bound.
   */
  void expectAnswer(Duration bodyTook) {
    Duration most = stallTimeout.multipliedBy(MOST_TIMES);
    Duration draining = buffers.timeToDrain();
    Duration more = draining.compareTo(bodyTook) > 0 ? draining : bodyTook;
    expect(stallTimeout.plus(more.compareTo(most) < 0 ? more : most));
  }

  /** It is not the network's turn. */
  void rest() {
    due = null;
  }

  /** By another thread, now and then. */
  void check() {
    Long deadline = due;
    if (deadline != null && System.nanoTime() - deadline > 0) {
      fired = true;
      call.cancel();
    }
  }

  void end() {
    rest();
    Future<?> repeatedly = checks;
    if (repeatedly != null) {
      repeatedly.cancel(false);
    }
  }

  /** The failure, unless it is what came of this watch's doing. */
  IOException named(IOException failure) {
    if (!fired) {
      return failure;
    }
    SocketTimeoutException timeout = new SocketTimeoutException("timeout");
    timeout.initCause(failure);
    return timeout;
  }

  Sink sink(Sink socket) {
    return new ForwardingSink(socket) {
      @Override
      public void write(Buffer source, long byteCount) throws IOException {
        for (long left = byteCount; left > 0; left -= PIECE) {
          expectMore();
          long piece = Math.min(left, PIECE);
          long start = System.nanoTime();
          super.write(source, piece);
          buffers.wrote(piece, start, System.nanoTime());
        }
        rest();
      }

      @Override
      public void flush() throws IOException {
        expectMore();
        super.flush();
        rest();
      }
    };
  }

  /** An answer's body; the watch ends with it. */
  Source source(Source socket) {
    return new ForwardingSource(socket) {
      @Override
      public long read(Buffer sink, long byteCount) throws IOException {
        expectMore();
        try {
          return super.read(sink, byteCount);
        } catch (IOException e) {
          throw named(e);
        } finally {
          rest();
        }
      }

      @Override
      public void close() throws IOException {
        end();
        super.close();
      }
    };
  }
}
