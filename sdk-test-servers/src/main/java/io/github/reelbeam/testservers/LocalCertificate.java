package io.github.reelbeam.testservers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * An authority of its own for every server, and the certificates that it signs for this machine:
 * the right one, and others with a flaw.
 */
final class LocalCertificate {

  /** The file holds no secret, so its password may be known: the default of Java's trust stores. */
  static final String TRUST_STORE_PASSWORD = "changeit";

  private static final Duration DAY = Duration.ofDays(1);

  private final HeldCertificate authority = authority();
  private final HandshakeCertificates trusted =
      new HandshakeCertificates.Builder().addTrustedCertificate(authority.certificate()).build();

  private static HeldCertificate authority() {
    return new HeldCertificate.Builder()
        .commonName("Reelbeam test authority")
        .certificateAuthority(0)
        .build();
  }

  /** For the server, which shows the certificate. */
  SSLContext serverContext() {
    return serverContext(CertificateFlaw.NONE);
  }

  /** For a server that shows a certificate with a flaw. */
  SSLContext serverContext(CertificateFlaw flaw) {
    return new HandshakeCertificates.Builder().heldCertificate(issue(flaw)).build().sslContext();
  }

  private HeldCertificate issue(CertificateFlaw flaw) {
    HeldCertificate.Builder certificate =
        new HeldCertificate.Builder().commonName("Reelbeam test server");
    if (flaw == CertificateFlaw.OTHER_NAME) {
      certificate.addSubjectAlternativeName("other.example");
    } else {
      certificate.addSubjectAlternativeName("localhost").addSubjectAlternativeName("127.0.0.1");
    }
    Instant now = Instant.now();
    if (flaw == CertificateFlaw.EXPIRED) {
      certificate.validityInterval(
          now.minus(DAY.multipliedBy(2)).toEpochMilli(), now.minus(DAY).toEpochMilli());
    } else if (flaw == CertificateFlaw.NOT_YET_VALID) {
      certificate.validityInterval(
          now.plus(DAY).toEpochMilli(), now.plus(DAY.multipliedBy(2)).toEpochMilli());
    }
    boolean known = flaw != CertificateFlaw.UNKNOWN_AUTHORITY;
    return certificate.signedBy(known ? authority : authority()).build();
  }

  /** For clients, which trust this authority and no other. */
  SSLContext clientContext() {
    return trusted.sslContext();
  }

  /** What {@link #clientContext()} trusts. */
  X509TrustManager trustManager() {
    return trusted.trustManager();
  }

  /** Writes what {@code -Djavax.net.ssl.trustStore} and keytool understand. */
  void writeTrustStore(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore trustStore = KeyStore.getInstance("PKCS12");
      trustStore.load(null, null);
      trustStore.setCertificateEntry("reelbeam-test-authority", authority.certificate());
      trustStore.store(out, TRUST_STORE_PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
