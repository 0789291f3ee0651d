package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FilledBuffersTest {
  private static final int PIECE = 8 << 10;
  private static final long SECOND = 1_000_000_000L;

  private long usualRate;
  private final FilledBuffers buffers = new FilledBuffers(() -> usualRate);
  private long now = -SECOND;

  private void write(int pieces, long nanosEach) {
    for (int i = 0; i < pieces; i++) {
      long start = now;
      now += nanosEach;
      buffers.wrote(PIECE, start, now);
    }
  }

  @Test
  void nothingIsKnownBeforeAWriteHadToWait() {
    write(500, 1_000);
    assertThat(buffers.timeToDrain()).isZero();
  }

  @Test
  void aWriteThatWaitedForTheProcessorSaysNothing() {
    write(1, 24_000_000);
    write(500, 1_000);
    assertThat(buffers.timeToDrain()).isZero();
  }

  @Test
  void whatWentInAtOnceGoesOutAsFastAsTheRestWasTaken() {
    write(320, 0);
    write(160, SECOND / 10);
    assertThat(buffers.timeToDrain()).isEqualTo(Duration.ofSeconds(32));
  }

  /** A full buffer of the system takes nothing until a third of it is free. */
  @Test
  void theWritesMayHaveToWaitInTurns() {
    write(300, 0);
    for (int i = 0; i < 4; i++) {
      write(1, 10 * SECOND);
      write(99, 0);
    }
    assertThat(buffers.timeToDrain()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aBodyThatFitsIsJudgedByWhatOtherConnectionsCarry() {
    usualRate = 80 << 10;
    write(500, 1_000);
    assertThat(buffers.timeToDrain()).isEqualTo(Duration.ofSeconds(50));
  }
}
