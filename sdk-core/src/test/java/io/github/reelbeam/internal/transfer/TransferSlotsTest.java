package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.Rounds;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.internal.transfer.TransferSlots.Share;
import io.github.reelbeam.internal.transfer.TransferSlots.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransferSlotsTest {
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

  /** Many uploads that take, keep and give back slots, give up and close, on many threads. */
  @Test
  void thereAreNeverMoreThanTheBoundAndNoneIsLost() throws Exception {
    try (Rounds rounds = new Rounds()) {
      rounds.play(
          Duration.ofMillis(500),
          20,
          random -> {
            TransferSlots shared = TransferSlots.fixed(3, System::nanoTime);
            AtomicInteger taken = new AtomicInteger();
            List<Callable<?>> uploads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
              boolean closes = random.nextInt(4) == 0;
              boolean givesUp = random.nextInt(3) == 0;
              uploads.add(() -> upload(shared, rounds.threads(), taken, closes, givesUp));
            }
            rounds.atOnce(uploads);
            Share last = shared.share(() -> UploadPriority.NORMAL);
            for (int i = 1; i <= 3; i++) {
              assertThat(part(last, i)).as("all are back").isCompleted();
            }
          });
    }
  }

  private static int upload(
      TransferSlots shared, Executor threads, AtomicInteger taken, boolean closes, boolean givesUp)
      throws Exception {
    Share share = shared.share(() -> UploadPriority.NORMAL);
    List<CompletableFuture<?>> ends = new ArrayList<>();
    for (int number = 1; number <= 50; number++) {
      CompletableFuture<Slot> turn = part(share, number);
      ends.add(
          turn.handleAsync(
              (slot, refused) -> {
                if (slot != null) {
                  assertThat(taken.incrementAndGet()).isLessThanOrEqualTo(3);
                  taken.decrementAndGet();
                  slot.end(null);
                }
                return slot;
              },
              threads));
      if (givesUp && number % 7 == 0) {
        turn.cancel(false);
      }
      if (closes && number == 30) {
        share.close();
      }
    }
    for (CompletableFuture<?> end : ends) {
      end.get(10, TimeUnit.SECONDS);
    }
    return ends.size();
  }
}
