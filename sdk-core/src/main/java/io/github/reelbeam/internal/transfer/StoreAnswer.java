package io.github.reelbeam.internal.transfer;

import io.github.reelbeam.internal.http.S3CallException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/**
 * Passes an answer on if it can be the store's, and takes it for a broken connection if it cannot:
 * a network that wants a login first answers everything with its page, and says 200 to a part that
 * nobody has stored.
 */
final class StoreAnswer implements SdkAsyncHttpResponseHandler {
  private final SdkHttpRequest request;
  private final SdkAsyncHttpResponseHandler receiver;
  private final Consumer<SdkHttpResponse> whole;
  private volatile @Nullable S3CallException refused;
  private volatile @Nullable SdkHttpResponse headers;

  /**
   * @param whole hears of an answer that was read to its end, with its head, just before the
   *     receiver does
   */
  StoreAnswer(
      SdkHttpRequest request,
      SdkAsyncHttpResponseHandler receiver,
      Consumer<SdkHttpResponse> whole) {
    this.request = request;
    this.receiver = receiver;
    this.whole = whole;
  }

  /**
   * What is wrong with an answer; empty if it can be the store's. What the status says by itself,
   * from 400 on, is judged by others.
   */
  static Optional<String> problem(SdkHttpRequest request, SdkHttpResponse answer) {
    int status = answer.statusCode();
    if (status >= 400) {
      return Optional.empty();
    }
    if (header(answer, "Content-Type").toLowerCase(Locale.ROOT).startsWith("text/html")) {
      return Optional.of(
          "something else than the store answered: "
              + status
              + " and a web page, as networks do that want a login first");
    }
    // Amazon S3 API reference: UploadPart and PutObject answer with an ETag,
    // AbortMultipartUpload with nothing
    if (answer.isSuccessful()
        && request.method() == SdkHttpMethod.PUT
        && header(answer, "ETag").isEmpty()) {
      return Optional.of("the answer, " + status + ", has no ETag: nothing is stored");
    }
    if (answer.isSuccessful()
        && request.method() == SdkHttpMethod.DELETE
        && !header(answer, "Content-Length").matches("0?")) {
      return Optional.of("the answer, " + status + ", has a body, which is not the store's way");
    }
    return Optional.empty();
  }

  private static String header(SdkHttpResponse answer, String name) {
    return answer.firstMatchingHeader(name).orElse("").trim();
  }

  /** The answer's status; 0 as long as there is none. */
  int status() {
    SdkHttpResponse answered = headers;
    return answered == null ? 0 : answered.statusCode();
  }

  /** How the answer begins; null as long as there is none. */
  @Nullable SdkHttpResponse headers() {
    return headers;
  }

  /** Why the answer was not passed on; null if it was. */
  @Nullable IOException refusal() {
    return refused;
  }

  @Override
  public void onHeaders(SdkHttpResponse answered) {
    headers = answered;
    refused =
        problem(request, answered)
            .map(problem -> S3CallException.unusable(request, problem))
            .orElse(null);
    if (refused == null) {
      receiver.onHeaders(answered);
    }
  }

  @Override
  public void onStream(Publisher<ByteBuffer> body) {
    S3CallException failure = refused;
    if (failure == null) {
      receiver.onStream(subscriber -> body.subscribe(new Read(subscriber)));
    } else {
      body.subscribe(new Unread());
      receiver.onError(failure);
    }
  }

  @Override
  public void onError(Throwable error) {
    if (refused == null) {
      receiver.onError(error);
    }
  }

  /** Passes the body on. */
  private final class Read implements Subscriber<ByteBuffer> {
    private final Subscriber<? super ByteBuffer> subscriber;

    private Read(Subscriber<? super ByteBuffer> subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(ByteBuffer slice) {
      subscriber.onNext(slice);
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      SdkHttpResponse answered = headers;
      if (answered != null) {
        whole.accept(answered);
      }
      subscriber.onComplete();
    }
  }

  /** Whatever is in the body, nobody wants it. */
  private static final class Unread implements Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(ByteBuffer slice) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
