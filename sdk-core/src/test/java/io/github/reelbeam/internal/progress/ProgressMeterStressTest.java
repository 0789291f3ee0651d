package io.github.reelbeam.internal.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.Rounds;
import io.github.reelbeam.UploadProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Parts that are sent, lost and confirmed on threads of their own, while others look. */
class ProgressMeterStressTest {
  private static final int PARTS = 4;
  private static final int SLICES = 16;

  @Test
  void neverMoreThanThereIsAndNeverBackwards() throws Exception {
    try (Rounds rounds = new Rounds()) {
      rounds.play(Duration.ofSeconds(1), 20, random -> playRound(rounds, random));
    }
  }

  private static void playRound(Rounds rounds, Random random) throws Exception {
    ProgressMeter meter = new ProgressMeter(PARTS * SLICES, System::nanoTime);
    AtomicInteger left = new AtomicInteger(PARTS);
    List<Callable<?>> actions = new ArrayList<>();
    for (int i = 1; i <= PARTS; i++) {
      int part = i;
      Random mishaps = new Random(random.nextLong());
      actions.add(
          () -> {
            sendPart(meter, part, mishaps);
            return left.decrementAndGet();
          });
    }
    actions.add(() -> look(meter, left));
    actions.add(() -> look(meter, left));
    rounds.atOnce(actions);
    UploadProgress last = meter.snapshot();
    assertThat(last.committedBytes()).isEqualTo(last.totalBytes());
    assertThat(last.inFlightBytes()).isZero();
  }

  private static void sendPart(ProgressMeter meter, int part, Random mishaps) {
    int slices;
    do {
      meter.dropped(part);
      slices = mishaps.nextInt(4) == 0 ? mishaps.nextInt(SLICES) : SLICES;
      for (int i = 0; i < slices; i++) {
        meter.sent(part, 1);
      }
    } while (slices < SLICES);
    meter.committed(part, SLICES);
  }

  private static int look(ProgressMeter meter, AtomicInteger left) {
    int looks = 0;
    double fraction = 0;
    long committed = 0;
    while (left.get() > 0) {
      UploadProgress now = meter.snapshot();
      assertThat(now.committedBytes() + now.inFlightBytes()).isLessThanOrEqualTo(now.totalBytes());
      assertThat(now.inFlightBytes()).isGreaterThanOrEqualTo(0);
      assertThat(now.fraction()).isGreaterThanOrEqualTo(fraction).isLessThan(1.0);
      assertThat(now.committedBytes()).isGreaterThanOrEqualTo(committed);
      fraction = now.fraction();
      committed = now.committedBytes();
      looks++;
    }
    return looks;
  }
}
