package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.internal.http.S3CallException;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** What the SDK hears of an answer. */
class StoreAnswerPassingTest {
  private final Heard heard = new Heard();
  private final Body body = new Body();
  private final StoreAnswer answer =
      new StoreAnswer(
          SdkHttpRequest.builder()
              .method(SdkHttpMethod.PUT)
              .protocol("https")
              .host("store.example.com")
              .encodedPath("/holiday.mp4")
              .appendRawQueryParameter("partNumber", "3")
              .build(),
          heard,
          head -> heard.all.add("whole"));

  private static SdkHttpFullResponse ok() {
    return SdkHttpFullResponse.builder().statusCode(200).putHeader("ETag", "\"e\"").build();
  }

  private static SdkHttpFullResponse page() {
    return SdkHttpFullResponse.builder()
        .statusCode(200)
        .putHeader("Content-Type", "text/html")
        .build();
  }

  @Test
  void theStoresOwnIsPassedOnAsItComes() {
    IllegalStateException failure = new IllegalStateException("on purpose");
    SdkHttpFullResponse head = ok();
    answer.onHeaders(head);
    answer.onStream(new Words(List.of(ByteBuffer.allocate(3))));
    answer.onError(failure);
    assertThat(heard.all)
        .containsExactly(head, ByteBuffer.allocate(3), "whole", "the end", failure);
    assertThat(answer.refusal()).isNull();
  }

  @Test
  void oneThatBreaksOffIsNotWhole() {
    answer.onHeaders(ok());
    answer.onStream(new Words(List.of()));
    assertThat(heard.all).last().isInstanceOf(EOFException.class);
    assertThat(heard.all).doesNotContain("whole");
  }

  @Test
  void anothersIsAFailureOfThatPartAndItsBodyIsNotRead() {
    answer.onHeaders(page());
    answer.onStream(body);
    answer.onError(new IllegalStateException("what came of the cancelling"));
    assertThat(heard.all)
        .singleElement()
        .isInstanceOfSatisfying(
            S3CallException.class,
            failure -> {
              assertThat(failure.partNumber()).hasValue(3);
              assertThat(failure).hasMessageContaining("a web page");
              assertThat(answer.refusal()).isSameAs(failure);
            });
    assertThat(body.cancels).hasValue(1);
  }

  /** Remembers what it is told. */
  private static final class Heard implements SdkAsyncHttpResponseHandler {
    private final List<Object> all = new ArrayList<>();

    @Override
    public void onHeaders(SdkHttpResponse headers) {
      all.add(headers);
    }

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
      stream.subscribe(
          new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
              subscription.request(1);
            }

            @Override
            public void onNext(ByteBuffer slice) {
              all.add(slice);
            }

            @Override
            public void onError(Throwable failure) {
              all.add(failure);
            }

            @Override
            public void onComplete() {
              all.add("the end");
            }
          });
    }

    @Override
    public void onError(Throwable error) {
      all.add(error);
    }
  }

  /** Is there at once; without a slice it breaks off. */
  private record Words(List<ByteBuffer> slices) implements Publisher<ByteBuffer> {
    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {
              if (slices.isEmpty()) {
                subscriber.onError(new EOFException("cut off"));
                return;
              }
              slices.forEach(subscriber::onNext);
              subscriber.onComplete();
            }

            @Override
            public void cancel() {}
          });
    }
  }

  /** Counts how often nobody wants it. */
  private static final class Body implements Publisher<ByteBuffer> {
    private final AtomicInteger cancels = new AtomicInteger();

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Subscription() {
            @Override
            public void request(long n) {
              throw new AssertionError("asked for");
            }

            @Override
            public void cancel() {
              cancels.incrementAndGet();
            }
          });
    }
  }
}
