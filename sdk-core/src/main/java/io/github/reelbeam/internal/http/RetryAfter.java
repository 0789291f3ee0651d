package io.github.reelbeam.internal.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {
  /** 31 years: longer than anybody waits, and no overflow in whatever unit. */
  private static final Duration LONGEST = Duration.ofSeconds(999_999_999);

  private RetryAfter() {}

  /**
   * How long the server asks to be left alone.
   *
   * @param header the header, or null
   * @param serverDate the server's clock at the answer, or null: a date in the header is by that
   *     clock, and the local one may be wrong by hours
   * @param clock the local clock, if there is no other
   * @return zero if it asks nothing, or nothing that can be read
   */
  static Duration delay(@Nullable String header, @Nullable Instant serverDate, Clock clock) {
    if (header == null) {
      return Duration.ZERO;
    }
    String value = header.trim();
    if (value.matches("[0-9]+")) {
      return value.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      Instant until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
      Duration delay = Duration.between(serverDate == null ? clock.instant() : serverDate, until);
      if (delay.isNegative()) {
        return Duration.ZERO;
      }
      return delay.compareTo(LONGEST) < 0 ? delay : LONGEST;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
