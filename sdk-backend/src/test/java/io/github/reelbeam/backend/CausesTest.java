package io.github.reelbeam.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CausesTest {

  @Test
  void aFailureIsOneOfItsCauses() {
    assertThat(Causes.contain(IOException.class, new IOException())).isTrue();
  }

  @Test
  void aCauseOfACauseIsFound() {
    Exception failure = new IllegalStateException(new IllegalStateException(new IOException()));
    assertThat(Causes.contain(IOException.class, failure)).isTrue();
  }

  @Test
  void anEndlessCircleHasAnEnd() {
    Exception one = new IllegalStateException("one");
    one.initCause(new IllegalStateException("other", one));
    assertThat(Causes.contain(IOException.class, one)).isFalse();
  }
}
