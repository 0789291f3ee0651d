package io.github.reelbeam.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  @ParameterizedTest
  @CsvSource({
    "1m, 1, 1048576, 1 MiB",
    "64k, 1, 65536, 64 KiB",
    "1g, 1, 1073741824, 1 GiB",
    "200x1M, 200, 1048576, 200 x 1 MiB",
  })
  void loads(String text, int files, long size, String title) {
    assertThat(Load.parse(text)).isEqualTo(new Load(files, size));
    assertThat(Load.parse(text).title()).isEqualTo(title);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "m", "1t", "x1m", "1m x"})
  void noLoads(String text) {
    assertThatThrownBy(() -> Load.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void entrants() {
    assertThat(Entrant.parse("netty")).isEqualTo(new Entrant(Rival.NETTY, false, List.of()));
    assertThat(Entrant.parse(" reelbeam cds  -Xmx64m "))
        .isEqualTo(new Entrant(Rival.REELBEAM, true, List.of("-Xmx64m")));
    assertThatThrownBy(() -> Entrant.parse("nobody"))
        .hasMessageContaining("nobody")
        .hasMessageContaining("sdk-v1");
    assertThatThrownBy(() -> Entrant.parse("netty fast")).hasMessageContaining("fast");
  }

  @Test
  void whatIsNotGivenHasADefault() {
    Settings settings =
        Settings.from(Map.of("benchmark.loads", "1m,2x3m", "benchmark.rounds", "")::get);

    assertThat(settings.loads()).containsExactly(new Load(1, 1 << 20), new Load(2, 3 << 20));
    assertThat(settings.rounds()).isEqualTo(5);
    assertThat(settings.docs()).isEmpty();
    assertThat(settings.entrants()).startsWith(Entrant.parse("reelbeam"));
    assertThat(settings.memory().get(0).title()).isEqualTo("1 GiB, -Xmx64m");
  }
}
