package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {
  private static final double ALMOST_ONE = Math.nextDown(1.0);

  /** One of the builder's setters that take a time. */
  private interface DurationSetter
      extends BiFunction<RetryPolicy.Builder, Duration, RetryPolicy.Builder> {}

  private static RetryPolicy policyWithEveryOptionSet() {
    return RetryPolicy.builder()
        .maxAttempts(7)
        .baseDelay(Duration.ofMillis(3))
        .maxDelay(Duration.ofMillis(5))
        .giveUpAfter(Duration.ofMillis(11))
        .build();
  }

  @Test
  void theDefaultsAreThoseItsDocumentationNames() {
    RetryPolicy policy = RetryPolicy.defaults();
    assertThat(policy.maxAttempts()).isEqualTo(6);
    assertThat(policy.baseDelay()).isEqualTo(Duration.ofMillis(500));
    assertThat(policy.maxDelay()).isEqualTo(Duration.ofSeconds(20));
    assertThat(policy.giveUpAfter()).isEqualTo(Duration.ofHours(24));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1000})
  void takesAttemptsWithinItsBounds(int attempts) {
    assertThat(RetryPolicy.builder().maxAttempts(attempts).build().maxAttempts())
        .isEqualTo(attempts);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001, Integer.MAX_VALUE})
  void refusesAttemptsBeyondItsBounds(int attempts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetryPolicy.builder().maxAttempts(attempts))
        .withMessageContaining("maxAttempts");
  }

  static Stream<Arguments> durations() {
    DurationSetter base = RetryPolicy.Builder::baseDelay;
    DurationSetter max = RetryPolicy.Builder::maxDelay;
    DurationSetter giveUp = RetryPolicy.Builder::giveUpAfter;
    return Stream.of(
        Arguments.of("baseDelay", base, Duration.ofHours(1)),
        Arguments.of("maxDelay", max, Duration.ofHours(1)),
        Arguments.of("giveUpAfter", giveUp, Duration.ofDays(365)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("durations")
  void takesTimesUpToTheirLongest(String name, DurationSetter set, Duration longest) {
    RetryPolicy.Builder builder = RetryPolicy.builder().maxDelay(Duration.ofHours(1));
    assertThat(set.apply(builder, longest).build().toString()).contains(name + "=" + longest);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("durations")
  void takesTimesDownToOneMillisecond(String name, DurationSetter set, Duration longest) {
    RetryPolicy.Builder builder = RetryPolicy.builder().baseDelay(Duration.ofMillis(1));
    assertThat(set.apply(builder, Duration.ofMillis(1)).build().toString())
        .contains(name + "=PT0.001S");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("durations")
  void refusesTimesBeyondTheirBounds(String name, DurationSetter set, Duration longest) {
    Stream.of(
            Duration.ZERO,
            Duration.ofNanos(999_999),
            Duration.ofMillis(-1),
            longest.plusNanos(1),
            // "for ever" does not even fit into milliseconds
            ChronoUnit.FOREVER.getDuration(),
            ChronoUnit.FOREVER.getDuration().negated())
        .forEach(
            time ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> set.apply(RetryPolicy.builder(), time))
                    .withMessageContaining(name));
  }

  @Test
  void refusesABaseDelayLongerThanTheLongestDelay() {
    RetryPolicy.Builder builder =
        RetryPolicy.builder().baseDelay(Duration.ofMillis(2)).maxDelay(Duration.ofMillis(1));
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("base");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 500",
    "2, 1000",
    "3, 2000",
    "6, 16000",
    "7, 20000",
    "64, 20000",
    "1000, 20000",
    "1100, 20000",
    "2147483647, 20000"
  })
  void delaysAreBoundedByADoublingUpToTheLongest(int failures, long boundMillis) {
    RetryPolicy policy = RetryPolicy.defaults();
    assertThat(policy.delay(failures, () -> 0.5)).isEqualTo(Duration.ofMillis(boundMillis / 2));
    assertThat(policy.delay(failures, () -> ALMOST_ONE)).isEqualTo(Duration.ofMillis(boundMillis));
  }

  @Test
  void theJitterIsFullSoADelayMayBeNothing() {
    assertThat(RetryPolicy.defaults().delay(5, () -> 0.0)).isZero();
  }

  @Test
  void delaysAreSpreadEvenlyOverTheirSpan() {
    Random random = new Random(42);
    double mean =
        Stream.generate(() -> RetryPolicy.defaults().delay(1, random::nextDouble))
            .limit(10_000)
            .mapToLong(Duration::toMillis)
            .average()
            .orElseThrow();
    assertThat(mean).isBetween(240.0, 260.0);
  }

  @Test
  void theLongestDelayThereMayBeIsKeptAfterAThousandFailures() {
    RetryPolicy policy =
        RetryPolicy.builder().baseDelay(Duration.ofHours(1)).maxDelay(Duration.ofHours(1)).build();
    assertThat(policy.delay(1000, () -> ALMOST_ONE)).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void failuresCountFromOne(int failures) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RetryPolicy.defaults().delay(failures, () -> 0.5));
  }

  @Test
  void theSampleDiffersFromTheDefaultsInEveryOption() {
    assertThat(Accessors.valuesOf(policyWithEveryOptionSet()).entrySet())
        .doesNotContainAnyElementsOf(Accessors.valuesOf(RetryPolicy.defaults()).entrySet());
  }

  @Test
  void toBuilderKeepsEveryOption() {
    RetryPolicy policy = policyWithEveryOptionSet();
    assertThat(Accessors.valuesOf(policy.toBuilder().build()))
        .isEqualTo(Accessors.valuesOf(policy));
  }
}
