package io.github.reelbeam.examples.cli;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads sizes such as {@code 8MiB}, {@code 1.5GiB}, {@code 20MB} or {@code 1048576} (bytes). */
public final class ByteSizeConverter implements ITypeConverter<Long> {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?)\\s*([a-z]*)");

  // no plain K, M, G: half of the world reads them as powers of 1000, the other half as of 1024
  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "b", 1L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30,
          "tib", 1L << 40,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "tb", 1_000_000_000_000L);

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    Long unit = size.matches() ? UNITS.get(size.group(2)) : null;
    if (unit == null) {
      throw refusal(text);
    }
    try {
      return new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact();
    } catch (ArithmeticException fractionOfByteOrTooLarge) {
      throw refusal(text);
    }
  }

  private static TypeConversionException refusal(String text) {
    return new TypeConversionException(
        "'" + text + "' is no size: write it like 8MiB, 1GiB or 20MB, or as a number of bytes");
  }
}
