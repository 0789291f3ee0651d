package io.github.reelbeam.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FlightTest {
  private static final long SLICE = 64 << 10;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Flight flight = new Flight(8 << 20);

  @Test
  void whatBuffersTakeInAtOnceHasNotLeft() {
    flight.begin(0);
    for (int i = 0; i < 40; i++) {
      assertThat(flight.wrote(SLICE, 0, i).isNothing()).isTrue();
    }
    // the buffer was full until now; how much of it has left cannot be told
    assertThat(flight.wrote(SLICE, SECOND, SECOND).isNothing()).isTrue();
  }

  @Test
  void betweenTwoFullBuffersAsMuchHasLeftAsWasWritten() {
    flight.begin(0);
    flight.wrote(SLICE, SECOND, SECOND);
    for (int i = 0; i < 9; i++) {
      assertThat(flight.wrote(SLICE, 0, SECOND + i).isNothing()).isTrue();
    }
    Flight.Drained drained = flight.wrote(SLICE, SECOND, 2 * SECOND);
    assertThat(drained).isEqualTo(new Flight.Drained(10 * SLICE, SECOND, 2 * SECOND));
  }

  @Test
  void aPauseOfTheProcessorIsNotAFullBuffer() {
    flight.begin(0);
    flight.wrote(SLICE, TimeUnit.MILLISECONDS.toNanos(20), SECOND);
    assertThat(flight.wrote(SLICE, TimeUnit.MICROSECONDS.toNanos(900), 2 * SECOND).isNothing())
        .isTrue();
  }

  @Test
  void endsOnce() {
    flight.begin(0);
    assertThat(flight.end()).isTrue();
    assertThat(flight.end()).isFalse();
  }
}
