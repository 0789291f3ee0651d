package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class CausesTest {

  @Test
  void beginsWithTheFailureItself() {
    IOException cause = new ConnectException();
    Exception failure = new IllegalStateException(cause);
    assertThat(Causes.of(failure)).containsExactly(failure, cause);
  }

  @Test
  void findsTheFirstOfAKind() {
    IOException first = new IOException(new ConnectException());
    assertThat(Causes.find(new IllegalStateException(first), IOException.class)).isSameAs(first);
  }

  @Test
  void findsNothingWhereThereIsNone() {
    assertThat(Causes.find(new IllegalStateException(), IOException.class)).isNull();
  }

  @Test
  void anEndlessCircleHasAnEnd() {
    Exception one = new IllegalStateException("one");
    Exception other = new IllegalStateException("other", one);
    one.initCause(other);

    assertThat(Causes.of(one)).hasSize(32);
    assertThat(Causes.find(one, IOException.class)).isNull();
  }
}
