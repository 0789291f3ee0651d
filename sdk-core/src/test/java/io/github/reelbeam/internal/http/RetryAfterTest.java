package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
  /** A clock that is wrong by a day. */
  private static final Clock LOCAL =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                               | 2026-11-22T10:00:00Z | 0",
        "0                               | 2026-11-22T10:00:00Z | 0",
        "7                               | 2026-11-22T10:00:00Z | 7",
        "123456789                       | -                    | 123456789",
        "1000000000                      | -                    | 999999999",
        "' 7 '                           | -                    | 7",
        "99999999999999999999            | -                    | 999999999",
        "Sun, 22 Nov 2026 10:00:30 GMT   | 2026-11-22T10:00:00Z | 30",
        "Sun, 22 Nov 2026 09:59:30 GMT   | 2026-11-22T10:00:00Z | 0",
        "Sat, 21 Nov 2026 10:00:30 GMT   | -                    | 30",
        "1 Dec 900099909 02:09 GMT       | 2026-11-22T10:00:00Z | 999999999",
        "-7                              | 2026-11-22T10:00:00Z | 0",
        "1.5                             | 2026-11-22T10:00:00Z | 0",
        "soon                            | 2026-11-22T10:00:00Z | 0",
        "''                              | 2026-11-22T10:00:00Z | 0",
      })
  void readsSecondsAndDates(@Nullable String header, @Nullable Instant serverDate, long seconds) {
    assertThat(RetryAfter.delay(header, serverDate, LOCAL)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
