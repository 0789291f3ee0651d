package io.github.reelbeam;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadProgressTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 1000, 1000, 1000",
    "400, 100, 1000, 1000, 500",
    "1000, 0, 1000, 1000, 0",
    // a part sent twice for a moment counts more than there is
    "900, 200, 1000, 1000, 0",
    "0, 0, 1, 3, 333",
    "0, 0, 53687091200000, 1, 53687091200000000"
  })
  void theTimeLeftIsWhatIsNotSentYetAtThePresentRate(
      long committed, long inFlight, long total, long rate, long millis) {
    assertThat(new UploadProgress(committed, inFlight, total, rate, 0.5).timeLeft())
        .contains(Duration.ofMillis(millis));
  }

  @Test
  void thereIsNoTimeLeftToTellWhileNothingMoves() {
    assertThat(new UploadProgress(10, 0, 100, 0, 0.1).timeLeft()).isEmpty();
  }
}
