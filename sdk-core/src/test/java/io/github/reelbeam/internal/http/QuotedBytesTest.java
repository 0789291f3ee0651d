package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import org.junit.jupiter.api.Test;

class QuotedBytesTest {

  @Test
  void takesOutTheAnswerThatWasTakenForAStatusLine() {
    IOException quoted = new ProtocolException("Unexpected status line: {\"SessionToken\":\"t\"}");

    IOException plain = QuotedBytes.removed(quoted);

    assertThat(plain).isInstanceOf(ProtocolException.class).hasMessage("the answer is not HTTP");
    assertThat(plain.getStackTrace()).isEqualTo(quoted.getStackTrace());
  }

  @Test
  void takesOutACauseThatQuotes() {
    IOException failure =
        new IOException(
            "unexpected end of stream on http://127.0.0.1/...",
            new EOFException("\\n not found: limit=20 content=7b2253…"));

    assertThat(QuotedBytes.removed(failure))
        .hasMessage("unexpected end of stream on http://127.0.0.1/...")
        .hasNoCause();
  }

  @Test
  void leavesOtherFailuresAlone() {
    IOException refused = new ConnectException("refused");
    IOException cutShort = new ProtocolException("unexpected end of stream");

    assertThat(QuotedBytes.removed(refused)).isSameAs(refused);
    assertThat(QuotedBytes.removed(cutShort)).isSameAs(cutShort);
  }
}
