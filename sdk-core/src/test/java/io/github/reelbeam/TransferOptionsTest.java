package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.reelbeam.TransferOptions.ChecksumMode;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferOptionsTest {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private static TransferOptions optionsWithEveryOneSet() {
    return TransferOptions.builder()
        .partSize(6 * MIB)
        .parallelism(3)
        .adaptiveParallelism(false)
        .rateLimit(1000)
        .stallTimeout(Duration.ofSeconds(7))
        .checksum(ChecksumMode.NONE)
        .retryPolicy(RetryPolicy.builder().maxAttempts(2).build())
        .endpoint(URI.create("https://store.example.com:9000/"))
        .pathStyleAccess(true)
        .build();
  }

  @Test
  void theDefaultsAreThoseItsDocumentationNames() {
    TransferOptions options = TransferOptions.defaults();
    assertThat(options.partSize()).isEqualTo(TransferOptions.AUTOMATIC);
    assertThat(options.parallelism()).isEqualTo(32);
    assertThat(options.adaptiveParallelism()).isTrue();
    assertThat(options.rateLimit()).isZero();
    assertThat(options.stallTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.checksum()).isEqualTo(ChecksumMode.CRC32);
    assertThat(options.retryPolicy()).isSameAs(RetryPolicy.defaults());
    assertThat(options.endpoint()).isEmpty();
    assertThat(options.pathStyleAccess()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {TransferOptions.AUTOMATIC, 5 * MIB, 5 * MIB + 1, 5 * GIB})
  void takesPartSizesThatS3Takes(long size) {
    assertThat(TransferOptions.builder().partSize(size).build().partSize()).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 1, 5 * MIB - 1, 5 * GIB + 1, Long.MAX_VALUE})
  void refusesPartSizesThatS3Refuses(long size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransferOptions.builder().partSize(size))
        .withMessageContaining(Long.toString(size));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 256})
  void takesParallelismWithinItsBounds(int parts) {
    assertThat(TransferOptions.builder().parallelism(parts).build().parallelism()).isEqualTo(parts);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 257})
  void refusesParallelismBeyondItsBounds(int parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransferOptions.builder().parallelism(parts));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, Long.MAX_VALUE})
  void takesAnyRateLimitThatIsNotNegative(long rate) {
    assertThat(TransferOptions.builder().rateLimit(rate).build().rateLimit()).isEqualTo(rate);
  }

  @Test
  void refusesANegativeRateLimit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransferOptions.builder().rateLimit(-1))
        .withMessageContaining("rateLimit");
  }

  static Stream<Duration> stallTimeouts() {
    return Stream.of(Duration.ofMillis(100), Duration.ofHours(1));
  }

  @ParameterizedTest
  @MethodSource("stallTimeouts")
  void takesStallTimeoutsWithinTheirBounds(Duration timeout) {
    assertThat(TransferOptions.builder().stallTimeout(timeout).build().stallTimeout())
        .isEqualTo(timeout);
  }

  static Stream<Duration> wrongStallTimeouts() {
    return Stream.of(
        Duration.ZERO,
        Duration.ofMillis(-1),
        Duration.ofMillis(100).minusNanos(1),
        Duration.ofHours(1).plusNanos(1),
        ChronoUnit.FOREVER.getDuration(),
        ChronoUnit.FOREVER.getDuration().negated());
  }

  @ParameterizedTest
  @MethodSource("wrongStallTimeouts")
  void refusesStallTimeoutsBeyondTheirBounds(Duration timeout) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransferOptions.builder().stallTimeout(timeout))
        .withMessageContaining("stallTimeout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:9000", "https://s3.example.com/"})
  void takesHttpEndpoints(String endpoint) {
    assertThat(TransferOptions.builder().endpoint(URI.create(endpoint)).build().endpoint())
        .contains(URI.create(endpoint));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3.example.com", "ftp://s3.example.com", "http:///path", "mailto:a@b.c"})
  void refusesEndpointsThatAreNoHttpUrlWithAHost(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TransferOptions.builder().endpoint(URI.create(endpoint)))
        .withMessageContaining(endpoint);
  }

  @Test
  void theSampleDiffersFromTheDefaultsInEveryOption() {
    assertThat(Accessors.valuesOf(optionsWithEveryOneSet()).entrySet())
        .doesNotContainAnyElementsOf(Accessors.valuesOf(TransferOptions.defaults()).entrySet());
  }

  /** Mux's Android SDK dropped options that had been given to its builder. */
  @Test
  void toBuilderKeepsEveryOption() {
    TransferOptions options = optionsWithEveryOneSet();
    Map<String, Object> kept = Accessors.valuesOf(options.toBuilder().build());
    assertThat(kept).isEqualTo(Accessors.valuesOf(options));
  }

  @Test
  void aBuilderMadeFromOptionsLeavesThemAsTheyAre() {
    TransferOptions options = optionsWithEveryOneSet();
    Map<String, Object> before = Accessors.valuesOf(options);
    var unused = options.toBuilder().parallelism(200).build();
    assertThat(Accessors.valuesOf(options)).isEqualTo(before);
  }
}
