package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectivityTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(true, new UnknownHostException("api.example.com")),
        arguments(true, new ConnectException("Connection refused")),
        arguments(true, new ConnectException("Failed to connect to /10.0.0.1:443")),
        arguments(true, new NoRouteToHostException("No route to host")),
        arguments(true, new PortUnreachableException()),
        arguments(true, new UnresolvedAddressException()),
        arguments(true, new SocketException("Network is unreachable")),
        arguments(true, new SocketException("Network is unreachable: connect")),
        arguments(true, new SocketException("sendto failed: ENETUNREACH (Network unreachable)")),
        arguments(true, new SocketException("Network is down")),
        arguments(true, new SocketException("Host is down")),
        arguments(true, new SocketTimeoutException("Connect timed out")),
        arguments(true, new SocketTimeoutException("connect timed out")),
        arguments(true, new SocketTimeoutException("failed to connect to a/1.2.3.4 (port 443)")),
        arguments(true, new IOException("outer", new ConnectException("refused"))),
        arguments(
            true,
            new IllegalStateException(
                new IOException(new IOException(new UnknownHostException("s3"))))),
        arguments(false, new IOException("Network is unreachable")),
        arguments(false, new SocketException("Connection reset")),
        arguments(false, new SocketException("Broken pipe")),
        arguments(false, new SocketException("Socket closed")),
        arguments(false, new SocketException((String) null)),
        arguments(false, new SocketTimeoutException("Read timed out")),
        arguments(false, new SocketTimeoutException((String) null)),
        arguments(false, new InterruptedIOException("timeout")),
        arguments(false, new EOFException()),
        arguments(false, new ProtocolException("unexpected end of stream")),
        arguments(false, new SSLHandshakeException("PKIX path building failed")),
        arguments(false, new SSLPeerUnverifiedException("wrong host")),
        arguments(false, new IllegalStateException("closed")));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsBeingOfflineFromOtherFailures(boolean unreachable, Throwable failure) {
    assertThat(Connectivity.isUnreachable(failure)).isEqualTo(unreachable);
  }

  @ParameterizedTest
  @CsvSource({"31, true", "32, false"})
  void looksAtThirtyTwoExceptionsOfAChain(int around, boolean unreachable) {
    Throwable failure = new ConnectException("refused");
    for (int i = 0; i < around; i++) {
      failure = new IOException("around", failure);
    }

    assertThat(Connectivity.isUnreachable(failure)).isEqualTo(unreachable);
  }

  @Test
  void comesToAnEndWhereCausesGoInACircle() {
    IOException one = new IOException("one");
    IOException two = new IOException("two", one);
    one.initCause(two);

    assertThat(Connectivity.isUnreachable(two)).isFalse();
  }
}
