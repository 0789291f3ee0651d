package io.github.reelbeam.benchmarks.server;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate for this machine, made on the spot, and files with which clients trust it. */
final class ServerCertificate {
  /** The trust store holds no secret, so its password may be known: the default of Java's own. */
  static final String TRUST_STORE_PASSWORD = "changeit";

  private final HeldCertificate certificate =
      new HeldCertificate.Builder()
          .commonName("Discarding S3")
          .certificateAuthority(0)
          .addSubjectAlternativeName("localhost")
          .addSubjectAlternativeName("127.0.0.1")
          .build();

  private final SSLContext context =
      new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext();

  /** For one connection. */
  SSLEngine serverEngine() {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    // the suites that clients and stores agree on as a rule, and the same one for every client
    parameters.setCipherSuites(
        new String[] {
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
        });
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** For clients that are not Java's. */
  void writePem(Path file) throws IOException {
    Files.writeString(file, certificate.certificatePem());
  }

  /**
   * For {@code -Djavax.net.ssl.trustStore}: all that the JDK trusts, and this certificate. A client
   * thus loads as much as in real life when it starts.
   */
  void writeTrustStore(Path file) throws IOException {
    Path cacerts = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    try (OutputStream out = Files.newOutputStream(file)) {
      char[] password = TRUST_STORE_PASSWORD.toCharArray();
      KeyStore known = KeyStore.getInstance(cacerts.toFile(), password);
      // of this type because it is read without a password
      KeyStore trustStore = KeyStore.getInstance("JKS");
      trustStore.load(null, null);
      for (String alias : Collections.list(known.aliases())) {
        trustStore.setCertificateEntry(alias, known.getCertificate(alias));
      }
      trustStore.setCertificateEntry("discarding-s3", certificate.certificate());
      trustStore.store(out, password);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }
}
