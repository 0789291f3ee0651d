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
import org.junit.jupiter.api.Test;

class TransferSlotsStressTest {
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
              assertThat(last.await(i, 5 << 20)).as("all are back").isCompleted();
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
      CompletableFuture<Slot> turn = share.await(number, 5 << 20);
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
