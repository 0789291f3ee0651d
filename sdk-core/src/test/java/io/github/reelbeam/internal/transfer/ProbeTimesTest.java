package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProbeTimesTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final ProbeTimes probes = new ProbeTimes();

  private void assertDueAfter(long seconds, long now) {
    assertThat(probes.isDue(now + seconds * SECOND - 1)).as("before %d s", seconds).isFalse();
    assertThat(probes.isDue(now + seconds * SECOND)).as("after %d s", seconds).isTrue();
  }

  @Test
  void theFirstMayComeAtAnyTime() {
    assertThat(probes.isDue(-5 * SECOND)).isTrue();
  }

  @Test
  void comeEveryTenSecondsAtFirst() {
    probes.later(7);
    assertDueAfter(10, 7);
  }

  @Test
  void comeEverMoreRarelyIfTheyShowNothing() {
    for (long seconds : new long[] {20, 40, 60, 60}) {
      probes.inVain(false, 3);
      assertDueAfter(seconds, 3);
    }
  }

  @Test
  void comeStillMoreRarelyWhereEachIsABurden() {
    for (long seconds : new long[] {20, 40, 80, 160, 300, 300}) {
      probes.inVain(true, 3);
      assertDueAfter(seconds, 3);
    }
  }

  @Test
  void comeSoonAfterANumberThatWasComputed() {
    probes.inVain(false, 0);
    probes.soon(4 * SECOND);
    assertThat(probes.isDue(6 * SECOND)).isFalse();
    assertThat(probes.isDue(6 * SECOND + SECOND / 2)).isTrue();
    probes.later(0);
    assertDueAfter(10, 0);
  }

  @Test
  void canBeFrequentAgain() {
    probes.inVain(false, 0);
    probes.frequent();
    assertDueAfter(20, 0);
    probes.later(0);
    assertDueAfter(10, 0);
  }

  @Test
  void canBeDueAtOnce() {
    probes.inVain(false, 0);
    probes.atOnce();
    assertThat(probes.isDue(0)).isTrue();
    probes.later(0);
    assertDueAfter(10, 0);
  }

  @Test
  void canBeHeldBack() {
    probes.notBefore(5 * SECOND);
    assertDueAfter(5, 0);
  }
}
