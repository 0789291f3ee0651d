package io.github.reelbeam.testservers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A self-signed certificate for this machine alone, made anew for every server. */
final class LocalCertificate {

  /** The file holds no secret, so its password may be known: the default of Java's trust stores. */
  static final String TRUST_STORE_PASSWORD = "changeit";

  private final HeldCertificate certificate =
      new HeldCertificate.Builder()
          .commonName("Reelbeam test server")
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("127.0.0.1")
          .build();

  /** For the server, which shows the certificate. */
  SSLContext serverContext() {
    return new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext();
  }

  /** For clients, which trust this certificate and no other. */
  SSLContext clientContext() {
    return new HandshakeCertificates.Builder()
        .addTrustedCertificate(certificate.certificate())
        .build()
        .sslContext();
  }

  /** Writes what {@code -Djavax.net.ssl.trustStore} and keytool understand. */
  void writeTrustStore(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("reelbeam-test-server", certificate.certificate());
      trusted.store(out, TRUST_STORE_PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
