package io.github.reelbeam.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartSizeTest {
  private static final long MIB = 1L << 20;

  @ParameterizedTest(name = "{0} MiB at {1} KiB/s: {2} MiB")
  @CsvSource({
    // nothing is known of the network
    "1,      0,         8",
    "50000,  0,         8",
    // thin: the least that S3 takes, so that little is lost with a part
    "1000,   1,         5",
    "1000,   250,       5",
    "6,      250,       5",
    // two seconds' worth
    "1000,   5120,     10",
    "1000,   20480,    40",
    // fast: large, but enough of them for all connections
    "1000,   1048576,  62",
    "20,     1048576,   8",
    "100,    1048576,   8",
    "20000,  1048576,  64",
    "20000,  8796093022207,  64",
  })
  void suitsSourceAndNetwork(long sizeMib, long kibPerSecond, long partMib) {
    long bytesPerSecond = Math.min(Long.MAX_VALUE >> 10, kibPerSecond) << 10;
    assertThat(PartSize.of(sizeMib * MIB, bytesPerSecond) / MIB).isEqualTo(partMib);
  }
}
