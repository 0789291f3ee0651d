package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.BytesSource;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body whose source fails, and what becomes of the channel however a body ends. */
class PartBodyFailureTest {
  private static final int SLICE = 64 << 10;
  private static final int PART = 5 << 20;
  private static final int SIZE = PART + 3 * SLICE;

  private final BytesSource source = BytesSource.random(SIZE);
  private final RecordingSubscriber subscriber = new RecordingSubscriber();

  private void subscribe() {
    new PartBody(source, PartPlan.of(SIZE, PART), 2, new SliceBuffers(), new SilentObserver())
        .subscribe(subscriber);
  }

  private void assertFailedAsSource() {
    assertThat(subscriber.failure()).isInstanceOf(SourceReadException.class);
    assertThat(subscriber.failure()).hasMessageContaining(source.toString());
    assertThat(subscriber.ends()).isEqualTo(1);
    assertThat(source.openChannels()).isZero();
  }

  @Test
  void closesItsChannelAfterTheLastByte() {
    subscribe();
    subscriber.subscription().request(Long.MAX_VALUE);
    assertThat(source.openedChannels()).isEqualTo(1);
    assertThat(source.openChannels()).isZero();
  }

  @Test
  void closesItsChannelWhenItIsCancelled() {
    subscribe();
    subscriber.subscription().request(1);
    assertThat(source.openChannels()).isEqualTo(1);
    subscriber.subscription().cancel();
    assertThat(source.openChannels()).isZero();
  }

  /** As when a pause comes while a slow file system opens the file. */
  @Test
  void closesAChannelThatOpensWhileItIsCancelled() {
    source.onOpen(() -> subscriber.subscription().cancel());
    subscribe();
    subscriber.subscription().request(1);
    assertThat(source.openChannels()).isZero();
    assertThat(subscriber.ends()).isZero();
  }

  @Test
  void closesItsChannelWhenItIsCancelledInTheMiddleOfARead() {
    source.onRead(() -> subscriber.subscription().cancel());
    subscribe();
    subscriber.subscription().request(1);
    assertThat(source.openChannels()).isZero();
    assertThat(subscriber.ends()).isZero();
  }

  @Test
  void closesItsChannelAfterWrongDemand() {
    subscribe();
    subscriber.subscription().request(1);
    subscriber.subscription().request(0);
    assertThat(source.openChannels()).isZero();
  }

  /** OpenCloud's Android app stored 1.1 of 5.4 GB as a success (its issue 181). */
  @ParameterizedTest
  @ValueSource(ints = {0, PART - 1, PART, PART + SLICE, SIZE - 1})
  void aSourceThatIsShorterThanPlannedIsAnError(int length) {
    source.cutTo(length);
    subscribe();
    subscriber.subscription().request(Long.MAX_VALUE);
    assertFailedAsSource();
  }

  @Test
  void aSourceThatCannotBeOpenedIsAnError() {
    source.onOpen(
        () -> {
          throw new IOException("too many open files");
        });
    subscribe();
    subscriber.subscription().request(1);
    assertFailedAsSource();
  }

  @Test
  void aSourceThatCannotBePositionedIsAnError() {
    source.onPosition(
        () -> {
          throw new IOException("not seekable");
        });
    subscribe();
    subscriber.subscription().request(1);
    assertFailedAsSource();
  }

  @Test
  void aSourceThatCannotBeReadIsAnError() {
    source.onRead(
        () -> {
          throw new IOException("the card was pulled out");
        });
    subscribe();
    subscriber.subscription().request(1);
    assertFailedAsSource();
    assertThat(subscriber.failure()).hasRootCauseMessage("the card was pulled out");
  }

  /** Android takes back the leave to read a {@code content://} source with such an exception. */
  @Test
  void aSourceThatThrowsSomethingElseWhenItIsOpenedIsAnError() {
    source.onOpen(
        () -> {
          throw new SecurityException("permission denial");
        });
    subscribe();
    subscriber.subscription().request(1);
    assertFailedAsSource();
  }

  @Test
  void aSourceThatThrowsSomethingElseWhenItIsReadIsAnError() {
    source.onRead(
        () -> {
          throw new IllegalStateException("released");
        });
    subscribe();
    subscriber.subscription().request(1);
    assertFailedAsSource();
  }
}
