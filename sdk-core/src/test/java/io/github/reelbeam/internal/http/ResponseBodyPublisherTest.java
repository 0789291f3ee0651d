package io.github.reelbeam.internal.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import okio.Buffer;
import org.junit.jupiter.api.Test;

class ResponseBodyPublisherTest {
  private final AtomicInteger cancels = new AtomicInteger();
  private final Buffer source = new Buffer().write(SlicePublisher.content(40_000));
  private final ResponseBodyPublisher body =
      new ResponseBodyPublisher(source, cancels::incrementAndGet);
  private final CompletableFuture<Object> outcome = new CompletableFuture<>();
  private final Thread delivering =
      new Thread(
          () -> {
            try {
              outcome.complete(body.deliver());
            } catch (IOException | RuntimeException e) {
              body.fail(e);
              outcome.complete(e);
            }
          });

  @Test
  void deliversAllOfItToAnUnlimitedSubscriber() throws Exception {
    RecordingHandler subscriber = new RecordingHandler();
    delivering.start();
    subscriber.onStream(body);

    assertThat(outcome.get(10, SECONDS)).isEqualTo(true);
    assertThat(subscriber.body()).isEqualTo(SlicePublisher.content(40_000));
    assertThat(subscriber.bodyComplete).isCompleted();
  }

  @Test
  void deliversNoMoreThanWasAskedFor() throws Exception {
    RecordingHandler subscriber = new RecordingHandler(1);
    subscriber.onStream(body);
    delivering.start();

    awaitIdle();
    assertThat(subscriber.sliceSizes).hasSize(1);
    subscriber.subscription.join().request(1);
    await().until(() -> subscriber.sliceSizes.size() == 2);
    awaitIdle();
    assertThat(subscriber.sliceSizes).hasSize(2);
    assertThat(subscriber.bodyComplete).isNotDone();

    subscriber.subscription.join().request(Long.MAX_VALUE);
    subscriber.subscription.join().request(Long.MAX_VALUE);
    assertThat(outcome.get(10, SECONDS)).isEqualTo(true);
    assertThat(subscriber.body()).hasSize(40_000);
  }

  @Test
  void tellsTheEndOfAnEmptyBodyWithoutDemandAndWithoutData() throws Exception {
    source.clear();
    RecordingHandler subscriber = new RecordingHandler(0);
    subscriber.onStream(body);
    delivering.start();

    assertThat(outcome.get(10, SECONDS)).isEqualTo(true);
    assertThat(subscriber.bodyComplete).isCompleted();
    assertThat(subscriber.sliceSizes).isEmpty();
  }

  @Test
  void givesNoMoreThanAnAnswerOfAStoreMayHave() throws Exception {
    source.clear();
    source.write(new byte[(int) ResponseBodyPublisher.MAX_BYTES + 1]);
    RecordingHandler subscriber = new RecordingHandler();
    delivering.start();
    subscriber.onStream(body);

    assertThat(outcome.get(10, SECONDS)).asString().contains("longer than 16777216 bytes");
    assertThat(subscriber.bodyError).isCompleted();
    assertThat(subscriber.body().length).isLessThanOrEqualTo(16 << 20);
  }

  @Test
  void endsSilentlyWhenTheSubscriberCancels() throws Exception {
    RecordingHandler subscriber = new RecordingHandler(1);
    subscriber.onStream(body);
    delivering.start();
    awaitIdle();

    subscriber.subscription.join().cancel();
    subscriber.subscription.join().cancel();

    assertThat(outcome.get(10, SECONDS)).isEqualTo(false);
    assertThat(cancels).hasValue(1);
    assertThat(subscriber.bodyComplete).isNotDone();
    assertThat(subscriber.bodyError).isNotDone();
  }

  @Test
  void takesACancellationAfterTheEndForNothing() throws Exception {
    RecordingHandler subscriber = new RecordingHandler();
    subscriber.onStream(body);
    delivering.start();
    outcome.get(10, SECONDS);

    subscriber.subscription.join().cancel();

    assertThat(cancels).hasValue(0);
  }

  @Test
  void tellsTheSubscriberThatItsDemandIsInvalid() throws Exception {
    RecordingHandler subscriber = new RecordingHandler(0);
    subscriber.onStream(body);
    subscriber.subscription.join().request(0);
    delivering.start();

    assertThat(outcome.get(10, SECONDS)).isInstanceOf(IllegalArgumentException.class);
    assertThat(subscriber.bodyError).isCompleted();
  }

  @Test
  void stopEndsTheWaitForDemandAndTheSubscriberHearsOfIt() throws Exception {
    RecordingHandler subscriber = new RecordingHandler(0);
    subscriber.onStream(body);
    delivering.start();
    awaitIdle();

    body.stop();

    assertThat(outcome.get(10, SECONDS)).isInstanceOf(IOException.class);
    assertThat(subscriber.bodyError).isCompleted();
  }

  @Test
  void stopEndsTheWaitForASubscriberAndALateOneHearsOfIt() throws Exception {
    delivering.start();
    awaitIdle();
    body.stop();
    assertThat(outcome.get(10, SECONDS)).isInstanceOf(IOException.class);

    RecordingHandler late = new RecordingHandler();
    late.onStream(body);

    assertThat(late.bodyError).isCompleted();
  }

  @Test
  void refusesASecondSubscriber() {
    new RecordingHandler().onStream(body);
    RecordingHandler second = new RecordingHandler();
    second.onStream(body);

    assertThat(second.bodyError.join()).isInstanceOf(IllegalStateException.class);
  }

  private void awaitIdle() {
    await().until(() -> delivering.getState() == Thread.State.WAITING);
  }
}
