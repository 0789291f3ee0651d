package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkLevelTest {
  private static LinkLevel level(int limit, double each) {
    return new LinkLevel(limit, limit * each, each, limit * 1e9);
  }

  @ParameterizedTest
  @CsvSource({
    // connections, rate of each, then; gain
    "2, 600000, 4, 600000, 1",
    "2, 600000, 4, 300000, 0",
    "2, 600000, 4, 450000, 0.5",
    "8, 600000, 32, 600000, 1",
    "2, 600000, 4, 200000, -0.333"
  })
  void tellsHowMuchOfTheNewConnectionsHasBecomeThroughput(
      int few, double each, int many, double then, double gain) {
    double measured = level(many, then).gainOver(level(few, each));
    assertThat(measured).isBetween(gain - 0.001, gain + 0.001);
  }

  @ParameterizedTest
  @CsvSource({
    // one carries 625 KB/s, the link 12.5 MB/s: twenty, and a quarter to spare
    "16, 625000, 32, 390625, 25",
    // thin: what they only share is not worth a connection
    "2, 125000, 3, 83333, 2",
    // thin, and yet each is limited by itself
    "6, 125000, 12, 83333, 9",
    // fast, and still a little better
    "4, 5000000, 8, 2700000, 8",
    "4, 5000000, 8, 2500000, 4",
    // a few are fine where each is not slow
    "2, 625000, 4, 312500, 4",
    // it has become worse
    "8, 600000, 16, 200000, 8"
  })
  void tellsHowManyFillTheLink(int few, double each, int many, double then, int filling) {
    assertThat(level(many, then).filling(level(few, each))).isEqualTo(filling);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 125000, true, 3",
    "3, 125000, false, 6",
    "2, 625000, true, 4",
    // each of eight would have its megabyte even if two fill the link
    "2, 4000000, true, 8",
    "2, 10000000, true, 8",
    "8, 100000000, true, 16"
  })
  void growsAsFastAsItDoesNoHarm(int limit, double each, boolean first, int next) {
    assertThat(level(limit, each).next(first)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    // connections, rate of each, then; whether growth goes on, whether a try has paid
    "2, 600000, 4, 390000, false, false",
    "2, 600000, 4, 420000, true, false",
    "2, 600000, 4, 480000, true, true",
    // where each has a megabyte, a little is enough
    "2, 2200000, 4, 1200000, true, true",
    "2, 2400000, 4, 1200000, false, false",
    // as fast as the processor, it is not
    "2, 40000000, 4, 22000000, false, false",
    "2, 40000000, 4, 30000000, true, true"
  })
  void saysWhetherMorePay(
      int few, double each, int many, double then, boolean growth, boolean probe) {
    assertThat(level(many, then).paysOver(level(few, each))).isEqualTo(growth);
    assertThat(level(many, then).clearlyPaysOver(level(few, each))).isEqualTo(probe);
  }

  @ParameterizedTest
  @CsvSource({
    // of two with 125,000 each: in between it needs four seconds
    "125000, 93750,  3,   false, true",
    "125000, 93750,  3,   true,  true",
    "125000, 93750,  4,   false, false",
    "125000, 68750,  1,   false, false",
    "125000, 118750, 1,   false, false",
    // of two with 600,000 each: one second, or many answers
    "600000, 450000, 0.9, false, true",
    "600000, 450000, 1,   false, false",
    "600000, 450000, 0.9, true,  false",
    "600000, 300000, 0.9, false, true",
    "600000, 570000, 0.9, false, false"
  })
  void saysWhenMoreShouldBeSeen(
      double each, double then, double seconds, boolean manyAnswers, boolean doubtful) {
    LinkLevel more = new LinkLevel(4, 4 * then, then, 4e9 * seconds);
    assertThat(more.isDoubtful(level(2, each), manyAnswers)).isEqualTo(doubtful);
  }

  @ParameterizedTest
  @CsvSource({
    "8, 125000,  9",
    "1, 600000,  2",
    "2, 600000,  3",
    "7, 600000, 10",
    "8, 600000, 10",
    "16, 600000, 20"
  })
  void triesAFewMore(int limit, double each, int next) {
    assertThat(level(limit, each).probe()).isEqualTo(next);
  }
}
