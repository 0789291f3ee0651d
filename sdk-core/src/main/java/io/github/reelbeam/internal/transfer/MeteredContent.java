package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.internal.transfer.TransferSlots.Slot;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.async.SdkHttpContentPublisher;

/** A part's bytes on their way to the connection; tells its slot how fast they are taken. */
record MeteredContent(SdkHttpContentPublisher content, Slot slot)
    implements SdkHttpContentPublisher {
  @Override
  public Optional<Long> contentLength() {
    return content.contentLength();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    content.subscribe(new Meter(subscriber, slot));
  }

  private record Meter(Subscriber<? super ByteBuffer> connection, Slot slot)
      implements Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Subscription subscription) {
      connection.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer slice) {
      int bytes = slice.remaining();
      long start = System.nanoTime();
      connection.onNext(slice);
      slot.wrote(bytes, System.nanoTime() - start);
    }

    @Override
    public void onError(Throwable failure) {
      connection.onError(failure);
    }

    @Override
    public void onComplete() {
      connection.onComplete();
    }
  }
}
