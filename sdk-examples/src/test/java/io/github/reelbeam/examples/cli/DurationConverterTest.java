package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "0.5s, PT0.5S",
    "10m, PT10M",
    "2h, PT2H",
    "1h30m, PT1H30M",
    "2d, PT48H",
    "1d12h, PT36H",
    "PT1H30M, PT1H30M",
    "p1dt2h, PT26H"
  })
  void readsADuration(String text, Duration duration) {
    assertThat(new DurationConverter().convert(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "0s", "-5s", "5 minutes", "d", "1w", "99999999999999999d"})
  void refusesWhatIsNoDurationOrNoTimeAtAll(String text) {
    assertThatThrownBy(() -> new DurationConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "' is no duration");
  }
}
