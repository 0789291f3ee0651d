package io.github.reelbeam.examples.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations such as {@code 30s}, {@code 10m}, {@code 1h30m}, {@code 2d} or ISO's PT10M. */
public final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    try {
      Duration duration = Duration.parse(iso(text.strip().toUpperCase(Locale.ROOT)));
      if (duration.isZero() || duration.isNegative()) {
        throw refusal(text);
      }
      return duration;
    } catch (DateTimeException | ArithmeticException e) {
      throw refusal(text);
    }
  }

  // ISO 8601 wants a P in front, and a T between days and the rest
  private static String iso(String text) {
    if (text.startsWith("P")) {
      return text;
    }
    int days = text.indexOf('D') + 1;
    String time = text.substring(days);
    return "P" + text.substring(0, days) + (time.isEmpty() ? "" : "T" + time);
  }

  private static TypeConversionException refusal(String text) {
    return new TypeConversionException(
        "'" + text + "' is no duration: write it like 30s, 10m, 2h or PT1H30M");
  }
}
