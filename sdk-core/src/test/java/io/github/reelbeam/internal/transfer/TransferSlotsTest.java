package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.internal.transfer.ConcurrencyLimit.Failure;
import io.github.reelbeam.internal.transfer.TransferSlots.Share;
import io.github.reelbeam.internal.transfer.TransferSlots.Slot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransferSlotsTest {
  private static final long SECOND = 1_000_000_000L;

  private long now;
  private final TransferSlots slots = TransferSlots.fixed(2, System::nanoTime);
  private UploadPriority priorityOfB = UploadPriority.NORMAL;
  private final Share a = slots.share(() -> UploadPriority.NORMAL);
  private final Share b = slots.share(() -> priorityOfB);

  private static CompletableFuture<Slot> part(Share share, int number) {
    return share.await(number, 5 << 20);
  }

  private static void end(CompletableFuture<Slot> taken) {
    taken.join().end(null);
  }

  @Test
  void givesAsManyAsThereAre() {
    assertThat(part(a, 1)).isCompleted();
    assertThat(part(a, 2)).isCompleted();
    assertThat(part(a, 3)).isNotDone();
  }

  @Test
  void givesTheNextWhenOneHasEnded() {
    var first = part(a, 1);
    var second = part(a, 2);
    var third = part(a, 3);
    end(first);
    assertThat(third).isCompleted();
    assertThat(second).isCompleted();
  }

  @Test
  void aSlotEndsOnce() {
    var first = part(a, 1);
    assertThat(part(a, 2)).isCompleted();
    var third = part(a, 3);
    var fourth = part(a, 4);
    end(first);
    end(first);
    assertThat(third).isCompleted();
    assertThat(fourth).isNotDone();
  }

  @Test
  void theFirstPartsGoFirstAlsoWhenTheyComeAgain() {
    var first = part(a, 7);
    assertThat(part(a, 8)).isCompleted();
    var tenth = part(a, 10);
    var ninth = part(a, 9);
    end(first);
    assertThat(ninth).isCompleted();
    assertThat(tenth).isNotDone();
  }

  @Test
  void uploadsShareAlike() {
    var a1 = part(a, 1);
    var a2 = part(a, 2);
    var a3 = part(a, 3);
    var b1 = part(b, 1);
    var b2 = part(b, 2);
    end(a1);
    assertThat(b1).as("the upload that has none").isCompleted();
    assertThat(a3).isNotDone();
    end(a2);
    assertThat(a3).as("one each").isCompleted();
    end(a3);
    assertThat(b2).as("nobody else waits").isCompleted();
  }

  @Test
  void amongThoseWithAsManyTheOneThatHasWaitedLongerGoesFirst() {
    Share c = slots.share(() -> UploadPriority.NORMAL);
    var b1 = part(b, 1);
    var a1 = part(a, 1);
    var c1 = part(c, 1);
    var a2 = part(a, 2);
    var b2 = part(b, 2);
    end(b1);
    assertThat(c1).as("the one that never had a turn").isCompleted();
    end(a1);
    assertThat(b2).as("its last turn was before that of the other").isCompleted();
    assertThat(a2).isNotDone();
  }

  @Test
  void aHigherPriorityGoesBeforeAFairShare() {
    priorityOfB = UploadPriority.HIGH;
    var b1 = part(b, 1);
    var b2 = part(b, 2);
    var a1 = part(a, 1);
    var b3 = part(b, 3);
    end(b1);
    assertThat(b3).isCompleted();
    end(b2);
    assertThat(a1).isCompleted();
  }

  @Test
  void thePriorityIsThatOfTheMoment() {
    var b1 = part(b, 1);
    var a1 = part(a, 1);
    var a2 = part(a, 2);
    var b2 = part(b, 2);
    priorityOfB = UploadPriority.LOW;
    end(b1);
    assertThat(a2).isCompleted();
    assertThat(b2).isNotDone();
    priorityOfB = UploadPriority.HIGH;
    var a3 = part(a, 3);
    end(a1);
    assertThat(b2).isCompleted();
    assertThat(a3).isNotDone();
  }

  @Test
  void aRaisedBoundActsAtOnce() {
    List<CompletableFuture<Slot>> parts = IntStream.range(1, 6).mapToObj(n -> part(a, n)).toList();
    slots.maximum(4);
    assertThat(parts.get(3)).isCompleted();
    assertThat(parts.get(4)).isNotDone();
  }

  @Test
  void aLoweredBoundLetsEndWhatIsUnderWay() {
    var first = part(a, 1);
    var second = part(a, 2);
    var third = part(a, 3);
    slots.maximum(1);
    end(first);
    assertThat(third).isNotDone();
    end(second);
    assertThat(third).isCompleted();
  }

  @Test
  void aLowRateIsNotSharedByManyConnections() {
    slots.rateLimit(100_000);
    assertThat(part(a, 1)).isCompleted();
    var second = part(a, 2);
    assertThat(second).isNotDone();
    slots.rateLimit(0);
    assertThat(second).isCompleted();
  }

  @Test
  void whoeverGivesUpWaitingIsPassedOver() {
    var first = part(a, 1);
    assertThat(part(a, 2)).isCompleted();
    var third = part(a, 3);
    var fourth = part(a, 4);
    assertThat(third.cancel(false)).isTrue();
    end(first);
    assertThat(fourth).isCompleted();
  }

  @Test
  void aClosedShareRefusesThoseThatWaitAndThoseThatCome() {
    var first = part(a, 1);
    assertThat(part(a, 2)).isCompleted();
    var third = part(a, 3);
    var other = part(b, 1);
    a.close();
    assertThat(third).isCompletedExceptionally();
    assertThat(part(a, 4)).isCompletedExceptionally();
    assertThat(other).isNotDone();
    end(first);
    assertThat(other).isCompleted();
  }

  /** Takes as many slots as there are, and lets each part take a second; several times over. */
  private void sendForSeconds(TransferSlots adaptive, Share share, int seconds, long length) {
    for (int second = 0; second < seconds; second++) {
      int limit = adaptive.limit();
      List<Slot> taken =
          IntStream.range(0, limit).mapToObj(part -> share.await(part, length).join()).toList();
      taken.forEach(Slot::begin);
      now += SECOND;
      taken.forEach(slot -> slot.end(null));
    }
  }

  @Test
  void learnsFromPartsThatAreStored() {
    TransferSlots adaptive = TransferSlots.adaptive(16, () -> now);
    assertThat(adaptive.limit()).isEqualTo(2);
    assertThat(adaptive.ratePerConnection()).isZero();
    sendForSeconds(adaptive, adaptive.share(() -> UploadPriority.NORMAL), 20, 600_000);
    assertThat(adaptive.limit()).isEqualTo(16);
    assertThat(adaptive.ratePerConnection()).isEqualTo(600_000);
    adaptive.rateLimit(10 * (64 << 10));
    assertThat(adaptive.limit()).isEqualTo(10);
  }

  @Test
  void learnsFromPartsThatTheStoreRefuses() {
    TransferSlots adaptive = TransferSlots.adaptive(16, () -> now);
    Share share = adaptive.share(() -> UploadPriority.NORMAL);
    sendForSeconds(adaptive, share, 20, 600_000);
    Slot refused = share.await(1, 600_000).join();
    refused.begin();
    now += SECOND;
    refused.end(Failure.SLOW_DOWN);
    assertThat(adaptive.limit()).isLessThan(16);
  }

  /** A part may be long: others need not wait for its end. */
  @Test
  void learnsFromWhatIsWritten() {
    TransferSlots adaptive = TransferSlots.adaptive(16, () -> now);
    Share share = adaptive.share(() -> UploadPriority.NORMAL);
    Slot first = share.await(1, 1 << 30).join();
    Slot second = share.await(2, 1 << 30).join();
    var third = share.await(3, 1 << 30);
    first.wrote(64 << 10, 0);
    first.begin();
    second.begin();
    while (!third.isDone() && now < 60 * SECOND) {
      now += SECOND / 10;
      first.wrote(64 << 10, SECOND / 10);
      second.wrote(64 << 10, SECOND / 10);
    }
    assertThat(third).isCompleted();
    first.end(null);
    first.wrote(64 << 10, SECOND / 10);
    assertThat(adaptive.ratePerConnection()).isBetween(600_000L, 700_000L);
  }
}
