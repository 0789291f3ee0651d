package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeConverterTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1048576, 1048576",
    "17B, 17",
    "8KiB, 8192",
    "8MiB, 8388608",
    "8 mib, 8388608",
    "20MB, 20000000",
    "1.5GiB, 1610612736",
    "1GiB, 1073741824",
    "2TiB, 2199023255552",
    "0.5KB, 500"
  })
  void readsASizeWithItsUnit(String text, long bytes) {
    assertThat(new ByteSizeConverter().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "MiB", "8M", "8G", "-1MiB", "8MiBs", "1e6", "0x10", "0.3B", "99999999TiB"})
  void refusesWhatIsNoSizeOrAmbiguous(String text) {
    assertThatThrownBy(() -> new ByteSizeConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'" + text + "' is no size");
  }
}
