package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Throttler;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A request body that the thread that writes the socket pulls out of a publisher, slice by slice.
 *
 * <p>A publisher that emits from within {@code request(n)} thus reads its file on that thread,
 * straight into the connection: nothing is queued, and one slice per part is all the memory it
 * takes. The publisher may use a slice's buffer again once it is asked for the next.
 */
final class PulledRequestBody extends RequestBody {
  static final long UNKNOWN_LENGTH = -1;

  private final Publisher<ByteBuffer> content;
  private final long length;
  private final Throttler throttler;
  private final Duration stallTimeout;
  private volatile @Nullable BodyPull pull;
  private volatile boolean stopped;

  /**
   * @param length what Content-Length promises, or {@link #UNKNOWN_LENGTH}; a publisher that gives
   *     more or less fails the request
   * @param throttler paces the bytes, together with all others that share it
   * @param stallTimeout how long to wait for one slice of an asynchronous publisher
   */
  PulledRequestBody(
      Publisher<ByteBuffer> content, long length, Throttler throttler, Duration stallTimeout) {
    this.content = content;
    this.length = length;
    this.throttler = throttler;
    this.stallTimeout = stallTimeout;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    BufferedSink paced = Okio.buffer(throttler.sink(sink));
    BodyPull started = new BodyPull(paced, length, stallTimeout);
    pull = started;
    if (stopped) {
      started.stop();
    }
    started.copy(content);
    paced.emit();
  }

  /**
   * Ends the wait for an asynchronous publisher: closing the socket alone would not be noticed
   * there.
   */
  void stop() {
    stopped = true;
    BodyPull running = pull;
    if (running != null) {
      running.stop();
    }
  }

  @Override
  public long contentLength() {
    return length;
  }

  /** None: the SDK's header is sent as it was signed, not parsed and printed again. */
  @Override
  public @Nullable MediaType contentType() {
    return null;
  }

  /** The SDK makes a new publisher for each attempt, and only the SDK repeats attempts. */
  @Override
  public boolean isOneShot() {
    return true;
  }
}
