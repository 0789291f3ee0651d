package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.reelbeam.internal.transfer.HeldRate.Verdict;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldRateTest {
  private final HeldRate held = new HeldRate();

  private Verdict look(double... totals) {
    return DoubleStream.of(totals)
        .mapToObj(total -> held.look(total, false))
        .reduce((before, last) -> last)
        .orElseThrow();
  }

  @Test
  void isUnknownUntilItIsSetAndAfterItIsForgotten() {
    assertThat(held.isKnown()).isFalse();
    held.set(1000);
    assertThat(held.isKnown()).isTrue();
    assertThat(held.get()).isEqualTo(1000);
    held.forget();
    assertThat(held.isKnown()).isFalse();
  }

  @ParameterizedTest(name = "{0} of 1000: {1}")
  @CsvSource({
    "600, SAME",
    "1500, SAME",
    "599, DOUBTFUL",
    "1501, DOUBTFUL",
    "2000, DOUBTFUL",
    "0, DOUBTFUL",
    // nothing pretends to be more than twice as good
    "2001, RISEN"
  })
  void judgesOneMeasurement(double total, Verdict verdict) {
    held.set(1000);
    assertThat(look(total)).isEqualTo(verdict);
  }

  @Test
  void believesTheSecondStrangeOneInARow() {
    held.set(1000);
    assertThat(look(500, 500)).isEqualTo(Verdict.FALLEN);
    assertThat(look(1600, 1600)).isEqualTo(Verdict.RISEN);
    // the last one decides
    assertThat(look(1600, 500)).isEqualTo(Verdict.FALLEN);
    assertThat(look(500)).as("it counts anew").isEqualTo(Verdict.DOUBTFUL);
  }

  @Test
  void forgetsAStrangeOneThatStaysAlone() {
    held.set(1000);
    assertThat(look(500, 1000, 500)).isEqualTo(Verdict.DOUBTFUL);
    held.begin();
    assertThat(look(500)).isEqualTo(Verdict.DOUBTFUL);
  }

  @Test
  void followsSlowlyWhatIsExact() {
    held.set(1000);
    held.look(1100, false);
    assertThat(held.get()).isEqualTo(1000);
    held.look(1100, true);
    assertThat(held.get()).isCloseTo(1020, within(1e-6));
    held.look(400, true);
    assertThat(held.get()).as("what is strange teaches nothing").isCloseTo(1020, within(1e-6));
  }
}
