package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.VideoSource;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * The bytes of one part. Each subscription is one attempt: it opens the source anew and reads slice
 * by slice inside {@code request}, so on the thread that writes to the socket, and one buffer
 * serves the whole attempt.
 */
final class PartBody implements AsyncRequestBody {
  private final VideoSource source;
  private final PartPlan plan;
  private final int partNumber;
  private final SliceBuffers buffers;
  private final TransferObserver observer;

  PartBody(
      VideoSource source,
      PartPlan plan,
      int partNumber,
      SliceBuffers buffers,
      TransferObserver observer) {
    this.source = source;
    this.plan = plan;
    this.partNumber = partNumber;
    this.buffers = buffers;
    this.observer = observer;
  }

  @Override
  public Optional<Long> contentLength() {
    return Optional.of(plan.size(partNumber));
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    observer.partDropped(partNumber);
    subscriber.onSubscribe(new Attempt(subscriber));
  }

  /** One pass over the part. */
  private final class Attempt implements Subscription {
    private final Subscriber<? super ByteBuffer> subscriber;
    private volatile @Nullable SeekableByteChannel channel;
    private @Nullable ByteBuffer buffer;
    private long left = plan.size(partNumber);
    private long demand;
    private boolean emitting;
    private boolean done;

    Attempt(Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
      synchronized (this) {
        if (n < 1) {
          finish(new IllegalArgumentException("demand must be at least 1, not " + n));
          return;
        }
        demand = demand + n < 0 ? Long.MAX_VALUE : demand + n;
        // a request from within onNext, or from another thread meanwhile: the loop below sees it
        if (emitting) {
          return;
        }
        emitting = true;
      }
      emit();
    }

    private void emit() {
      while (true) {
        synchronized (this) {
          if (done || demand == 0) {
            emitting = false;
            if (done) {
              // a cancel may have come while the channel was being opened, with none to close yet
              close();
            }
            return;
          }
          demand--;
        }
        ByteBuffer slice;
        try {
          slice = read();
        } catch (IOException e) {
          finish(e);
          return;
        }
        int size = slice.remaining();
        subscriber.onNext(slice);
        observer.partSent(partNumber, size);
        if (left == 0) {
          giveBufferBack();
          finish(null);
          return;
        }
      }
    }

    private ByteBuffer read() throws IOException {
      SeekableByteChannel open = channel;
      ByteBuffer slice = buffer;
      if (open == null || slice == null) {
        open = openAtPart();
        slice = buffers.take();
        buffer = slice;
      }
      ((Buffer) slice).clear().limit((int) Math.min(slice.capacity(), left));
      try {
        while (slice.hasRemaining()) {
          if (open.read(slice) < 0) {
            throw new SourceReadException("the source has become shorter: " + source);
          }
        }
      } catch (SourceReadException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        // an app's own source may throw anything, as Android's do once a permission is gone
        throw new SourceReadException("the source cannot be read: " + source, e);
      }
      left -= slice.position();
      ((Buffer) slice).flip();
      return slice;
    }

    /**
     * Only here, where the last slice has just been taken: an attempt that was cut may still look.
     */
    private void giveBufferBack() {
      ByteBuffer used = buffer;
      if (used != null) {
        buffer = null;
        buffers.give(used);
      }
    }

    private SeekableByteChannel openAtPart() throws SourceReadException {
      try {
        SeekableByteChannel open = source.open();
        channel = open;
        open.position(plan.offset(partNumber));
        return open;
      } catch (IOException | RuntimeException e) {
        throw new SourceReadException("the source cannot be opened: " + source, e);
      }
    }

    private void finish(@Nullable Throwable failure) {
      synchronized (this) {
        if (done) {
          return;
        }
        done = true;
        emitting = false;
      }
      close();
      if (failure == null) {
        subscriber.onComplete();
      } else {
        subscriber.onError(failure);
      }
    }

    @Override
    public void cancel() {
      synchronized (this) {
        done = true;
      }
      close();
    }

    private void close() {
      SeekableByteChannel open = channel;
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          // it was open for reading only: nothing is lost
        }
      }
    }
  }
}
