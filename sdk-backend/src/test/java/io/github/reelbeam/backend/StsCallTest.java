package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StsCallTest {

  @ParameterizedTest
  @CsvSource({
    "uploads/00000000-0000-4000-8000-000000000001.mp4, 00000000-0000-4000-8000-000000000001.mp4",
    "1.mp4, 1.mp4",
    "a/b, upload-b",
    "folder/, upload-",
    "a/bc, bc",
    "a/two words (1).mp4, two-words--1-.mp4",
    "a/müller.mp4, m-ller.mp4",
    "a/🎬🎬.mp4, --.mp4",
    "a/a+b=c@d_e.mp4, a-b-c-d_e.mp4",
  })
  void namesTheSessionAfterTheObject(String key, String name) {
    assertThat(StsCall.ASSUME_ROLE.sessionName(key)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "ASSUME_ROLE, AssumeRole gives sessions of 12 hours at most",
    "FEDERATION_TOKEN, an upload grant lasts 12 hours at most",
    "SESSION_TOKEN, an upload grant lasts 12 hours at most",
  })
  void saysWhoseLimitASessionExceeds(StsCall call, String limit) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> call.checkValidity(Duration.ofHours(13), true))
        .withMessageStartingWith(limit);
  }

  @Test
  void keepsToTheLengthsOfSts() {
    String key = "x".repeat(1000);
    assertThat(StsCall.ASSUME_ROLE.sessionName(key)).hasSize(64);
    assertThat(StsCall.FEDERATION_TOKEN.sessionName(key)).hasSize(32);
  }
}
