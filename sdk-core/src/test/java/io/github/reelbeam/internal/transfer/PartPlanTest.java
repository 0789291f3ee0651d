package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartPlanTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long LARGEST = 10_000 * 5 * GIB; // 48.8 TiB

  @ParameterizedTest
  @CsvSource({
    // length, wanted, part size, parts, bytes in the last
    "1, 8388608, 8388608, 1, 1",
    "8388607, 8388608, 8388608, 1, 8388607",
    "8388608, 8388608, 8388608, 1, 8388608",
    "8388609, 8388608, 8388608, 2, 1",
    "16777216, 8388608, 8388608, 2, 8388608",
    // rounded up to a whole MiB
    "20971520, 5242881, 6291456, 4, 2097152",
    // 10,000 parts are the most that S3 takes
    "52428800000, 5242880, 5242880, 10000, 5242880",
    "52428800001, 5242880, 6291456, 8334, 2097153",
    "83886080001, 8388608, 9437184, 8889, 8388609",
    // the largest object there is, and one byte less
    "53687091200000, 8388608, 5368709120, 10000, 5368709120",
    "53687091199999, 8388608, 5368709120, 10000, 5368709119"
  })
  void plans(long length, long wanted, long partSize, int parts, long last) {
    PartPlan plan = PartPlan.of(length, wanted);
    assertThat(plan.partSize()).isEqualTo(partSize);
    assertThat(plan.count()).isEqualTo(parts);
    assertThat(plan.size(parts)).isEqualTo(last);
    assertThat(plan.offset(parts)).isEqualTo(length - last);
  }

  @ParameterizedTest
  @ValueSource(longs = {LARGEST + 1, Long.MAX_VALUE})
  void refusesMoreThanS3TakesAsOneObject(long length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PartPlan.of(length, 8 * MIB))
        .withMessageContaining("10,000 parts of 5 GiB");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void refusesToPlanForNothing(long length) {
    assertThatIllegalArgumentException().isThrownBy(() -> PartPlan.of(length, 8 * MIB));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5 * MIB - 1, 5 * GIB + 1})
  void refusesAPartSizeThatS3Refuses(long partSize) {
    assertThatIllegalArgumentException().isThrownBy(() -> new PartPlan(1, partSize));
  }

  @Test
  void refusesMoreThanTenThousandParts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartPlan(10_000 * 5 * MIB + 1, 5 * MIB))
        .withMessageContaining("10,000");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "8388607, true", "8388608, true", "8388609, false"})
  void whatFitsIntoOnePartGoesByASinglePut(long length, boolean single) {
    assertThat(PartPlan.of(length, 8 * MIB).isSinglePut()).isEqualTo(single);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 4})
  void thereAreNoPartsBeyondTheCount(int partNumber) {
    PartPlan plan = PartPlan.of(3 * 8 * MIB, 8 * MIB);
    assertThatIllegalArgumentException().isThrownBy(() -> plan.size(partNumber));
    assertThatIllegalArgumentException().isThrownBy(() -> plan.offset(partNumber));
  }

  static LongStream lengths() {
    Random random = new Random(7);
    LongStream everySize =
        IntStream.range(0, 100)
            .mapToLong(i -> 1 + (random.nextLong(LARGEST) >>> random.nextInt(40)));
    return LongStream.concat(LongStream.of(1, 5 * MIB, 5 * MIB + 1, LARGEST), everySize);
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void thePartsFollowOneAnotherAndAreTheWhole(long length) {
    PartPlan plan = PartPlan.of(length, 5 * MIB);
    long end = 0;
    for (int part = 1; part <= plan.count() && plan.offset(part) == end; part++) {
      end += plan.size(part);
    }
    assertThat(end).isEqualTo(length);
    assertThat(plan.size(plan.count())).isPositive();
    assertThat(plan.count()).isBetween(1, 10_000);
  }
}
