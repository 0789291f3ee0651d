package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.UploadProgress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "1, 1 byte",
    "1023, 1023 bytes",
    "1024, 1.0 KiB",
    "5242880, 5.0 MiB",
    "1073741824, 1024.0 MiB"
  })
  void tellsASize(long bytes, String words) {
    assertThat(Figures.size(bytes)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.85S, 850 ms",
    "PT59.9S, 59 s",
    "PT2M5S, 2 min 5 s",
    "PT1H10M59S, 1 h 10 min",
    "PT49H, 49 h 0 min"
  })
  void tellsATime(Duration time, String words) {
    assertThat(Figures.time(time)).isEqualTo(words);
  }

  @Test
  void tellsProgressWithRateAndTimeLeft() {
    assertThat(Figures.progress(new UploadProgress(8 << 20, 8 << 20, 64 << 20, 4 << 20, 0.25)))
        .isEqualTo("25%  16.0 MiB of 64.0 MiB  4.0 MiB/s  12 s left");
  }

  @Test
  void neverRoundsUpToAHundredPercent() {
    assertThat(Figures.progress(new UploadProgress(0, 64 << 20, 64 << 20, 0, 0.9999)))
        .isEqualTo("99%  64.0 MiB of 64.0 MiB");
  }
}
