package io.github.reelbeam.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UntrustedServerTest {
  private static final String EXPIRED = "has expired, or this device's clock is wrong";
  private static final String EARLY = "is not valid yet, or this device's clock is wrong";
  private static final String OTHER = "is for another name";
  private static final String UNKNOWN = "is not signed by an authority that this device trusts";

  static Stream<Arguments> failures() {
    return Stream.of(
        // the JDK's: ValidatorException is a CertificateException
        Arguments.of(
            handshake(
                new CertificateException(
                    "PKIX path validation failed",
                    path(new CertificateExpiredException("NotAfter"), BasicReason.EXPIRED))),
            EXPIRED),
        Arguments.of(
            handshake(new CertificateException("x", path(null, BasicReason.NOT_YET_VALID))), EARLY),
        Arguments.of(handshake(new CertificateNotYetValidException("NotBefore")), EARLY),
        Arguments.of(
            handshake(
                new CertificateException(
                    "PKIX path building failed", new CertPathBuilderException("none"))),
            UNKNOWN),
        Arguments.of(
            handshake(new CertificateException("x", path(null, BasicReason.REVOKED))),
            "has been revoked"),
        Arguments.of(
            handshake(
                new CertificateException(
                    "No subject alternative names matching IP address 127.0.0.1 found")),
            OTHER),
        Arguments.of(
            handshake(new CertificateException("No name matching s3.example.com found")), OTHER),
        // Android's
        Arguments.of(
            handshake(
                new CertificateException(
                    "java.security.cert.CertPathValidatorException: Trust anchor for certification"
                        + " path not found.",
                    new CertPathValidatorException("Trust anchor not found"))),
            UNKNOWN),
        // OkHttp's own look at it, after the handshake
        Arguments.of(
            new SSLPeerUnverifiedException(
                "Hostname s3.example.com not verified:\n    certificate: sha256/AAAA\n    DN: CN=x"),
            OTHER),
        Arguments.of(
            new SSLPeerUnverifiedException(
                "Certificate pinning failure!\n  Peer certificate chain"),
            "is none of those that the app has pinned"),
        Arguments.of(
            new SSLPeerUnverifiedException("peer not authenticated"),
            "is missing or cannot be checked"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void saysWhatIsWrong(IOException failure, String flaw) {
    assertThat(UntrustedServer.words(failure, "s3.example.com"))
        .contains("the certificate of s3.example.com " + flaw);
    assertThat(UntrustedServer.isIn(new IllegalStateException("around it", failure))).isTrue();
  }

  static Stream<IOException> others() {
    return Stream.of(
        new SSLException("Unsupported or unrecognized SSL message"),
        new SSLHandshakeException("Received fatal alert: handshake_failure"),
        new SSLHandshakeException("Remote host terminated the handshake"),
        new SocketException("Connection reset"),
        new IOException());
  }

  @ParameterizedTest
  @MethodSource("others")
  void leavesOtherFailuresToOthers(IOException failure) {
    assertThat(UntrustedServer.words(failure, "s3.example.com")).isEmpty();
    assertThat(UntrustedServer.isIn(failure)).isFalse();
  }

  @Test
  void endsWithACircleOfCauses() {
    IOException first = new IOException("a");
    first.initCause(new IOException("b", first));
    assertThat(UntrustedServer.isIn(first)).isFalse();
  }

  private static IOException handshake(Exception cause) {
    IOException failure = new SSLHandshakeException(cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  private static CertPathValidatorException path(@Nullable Exception cause, BasicReason reason) {
    return new CertPathValidatorException("validity check failed", cause, null, -1, reason);
  }
}
