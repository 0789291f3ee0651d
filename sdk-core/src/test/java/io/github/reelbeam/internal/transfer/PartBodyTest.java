package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.BytesSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;

/** What a body emits, and when, by the rules of Reactive Streams. */
class PartBodyTest {
  private static final int SLICE = 64 << 10;
  private static final int PART = 5 << 20;
  private static final int TAIL = 3 * SLICE + 5;

  private final BytesSource source = BytesSource.random(PART + TAIL);
  private final PartPlan plan = PartPlan.of(source.size(), PART);
  private final RecordingObserver observer = new RecordingObserver();
  private final RecordingSubscriber subscriber = new RecordingSubscriber();

  private PartBody part(int number) {
    return new PartBody(source, plan, number, new SliceBuffers(), observer);
  }

  private byte[] bytes(int from, int to) {
    return Arrays.copyOfRange(source.bytes(), from, to);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 5242880", "2, 5242880, 5439493"})
  void emitsTheBytesOfItsPart(int number, int from, int to) {
    part(number).subscribe(subscriber);
    subscriber.subscription().request(Long.MAX_VALUE);
    assertThat(subscriber.bytes()).isEqualTo(bytes(from, to));
    assertThat(subscriber.ends()).isEqualTo(1);
    assertThat(subscriber.failure()).isNull();
  }

  @Test
  void announcesThePlannedLength() {
    assertThat(part(2).contentLength()).contains((long) TAIL);
  }

  @Test
  void emitsNothingAndOpensNothingBeforeItIsAsked() {
    part(2).subscribe(subscriber);
    assertThat(subscriber.slices()).isZero();
    assertThat(source.openedChannels()).isZero();
  }

  @Test
  void emitsAsManySlicesAsAreAskedFor() {
    part(2).subscribe(subscriber);
    subscriber.subscription().request(1);
    assertThat(subscriber.slices()).isEqualTo(1);
    subscriber.subscription().request(2);
    assertThat(subscriber.slices()).isEqualTo(3);
    assertThat(subscriber.ends()).isZero();
  }

  @Test
  void completesWithTheLastSliceWithoutFurtherDemand() {
    part(2).subscribe(subscriber);
    subscriber.subscription().request(4);
    assertThat(subscriber.slices()).isEqualTo(4);
    assertThat(subscriber.ends()).isEqualTo(1);
  }

  @Test
  void emitsOnTheThreadThatAsks() throws InterruptedException {
    part(2).subscribe(subscriber);
    Thread asking = new Thread(() -> subscriber.subscription().request(4));
    asking.start();
    asking.join();
    assertThat(subscriber.thread()).isSameAs(asking);
  }

  @Test
  void aRequestFromWithinASliceDoesNotPileUpOnTheStack() {
    RecordingSubscriber greedy =
        new RecordingSubscriber() {
          @Override
          void onSlice(Subscription subscription) {
            subscription.request(1);
          }
        };
    part(1).subscribe(greedy);
    greedy.subscription().request(1);
    assertThat(greedy.bytes()).isEqualTo(bytes(0, PART));
    assertThat(greedy.deepest()).isEqualTo(1);
  }

  @Test
  void demandBeyondAllNumbersIsNoLimit() {
    RecordingSubscriber greedy =
        new RecordingSubscriber() {
          @Override
          void onSlice(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
          }
        };
    part(1).subscribe(greedy);
    greedy.subscription().request(Long.MAX_VALUE);
    assertThat(greedy.bytes()).hasSize(PART);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void demandBelowOneIsAnError(long demand) {
    part(2).subscribe(subscriber);
    subscriber.subscription().request(demand);
    assertThat(subscriber.failure()).isInstanceOf(IllegalArgumentException.class);
    subscriber.subscription().request(1);
    assertThat(subscriber.slices()).isZero();
    assertThat(subscriber.ends()).isEqualTo(1);
  }

  @Test
  void askingAfterTheEndDoesNothing() {
    part(2).subscribe(subscriber);
    subscriber.subscription().request(10);
    subscriber.subscription().request(10);
    assertThat(subscriber.ends()).isEqualTo(1);
    assertThat(subscriber.hadSliceAfterEnd()).isFalse();
  }

  @Test
  void nothingComesAfterACancel() {
    part(2).subscribe(subscriber);
    subscriber.subscription().request(1);
    subscriber.subscription().cancel();
    subscriber.subscription().request(10);
    assertThat(subscriber.slices()).isEqualTo(1);
    assertThat(subscriber.ends()).isZero();
  }

  @Test
  void aCancelFromWithinASliceIsTheEnd() {
    RecordingSubscriber fickle =
        new RecordingSubscriber() {
          @Override
          void onSlice(Subscription subscription) {
            subscription.cancel();
          }
        };
    part(2).subscribe(fickle);
    fickle.subscription().request(10);
    assertThat(fickle.slices()).isEqualTo(1);
    assertThat(fickle.ends()).isZero();
    assertThat(source.openChannels()).isZero();
  }

  @Test
  void eachSubscriptionIsAnAttemptFromTheBeginning() {
    PartBody body = part(2);
    body.subscribe(subscriber);
    subscriber.subscription().request(2);
    subscriber.subscription().cancel();
    RecordingSubscriber second = new RecordingSubscriber();
    body.subscribe(second);
    second.subscription().request(10);
    assertThat(second.bytes()).isEqualTo(bytes(PART, PART + TAIL));
  }

  @Test
  void theObserverHearsOfEverySliceAndOfEachNewBeginning() {
    part(2).subscribe(subscriber);
    subscriber.subscription().request(10);
    assertThat(observer.heard())
        .containsExactly(
            "dropped 2", "sent 2: 65536", "sent 2: 65536", "sent 2: 65536", "sent 2: 5");
  }
}
