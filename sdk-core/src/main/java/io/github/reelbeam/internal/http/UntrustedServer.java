package io.github.reelbeam.internal.http;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a failure what is wrong with a server's certificate, in words for those who have never
 * seen a stack trace. Pure.
 *
 * <p>How such a failure is treated: as one attempt like any other, since one node of many may show
 * an old certificate, and since the login page of a network fails so until somebody has agreed to
 * its terms. Once the attempts of the policy are spent the upload fails, and can be resumed. It
 * does not wait as it does for a network that is gone, up to a day: what has to change is a clock,
 * a login or a certificate, and nobody changes that who is not told.
 */
public final class UntrustedServer {
  /** Far more than exceptions are ever nested; a chain may also go in a circle. */
  private static final int MAX_CAUSES = 32;

  private UntrustedServer() {}

  /** Whether the failure is that of a server whose certificate was not accepted. */
  public static boolean isIn(Throwable failure) {
    return flaw(failure).isPresent();
  }

  /** What is wrong with the certificate; empty if the failure is another one. */
  static Optional<String> words(Throwable failure, String host) {
    return flaw(failure).map(flaw -> "the certificate of " + host + " " + flaw);
  }

  private static Optional<String> flaw(Throwable failure) {
    String unspecific = null;
    Throwable current = failure;
    for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
      String flaw = specific(current);
      if (flaw != null) {
        return Optional.of(flaw);
      }
      if (current instanceof CertificateException
          || current instanceof CertPathValidatorException) {
        // the JDK and Android say it in as many ways as there are versions of them
        unspecific = "is not signed by an authority that this device trusts";
      }
      current = current.getCause();
    }
    return Optional.ofNullable(unspecific);
  }

  private static @Nullable String specific(Throwable failure) {
    Reason reason = failure instanceof CertPathValidatorException path ? path.getReason() : null;
    if (failure instanceof CertificateExpiredException || reason == BasicReason.EXPIRED) {
      return "has expired, or this device's clock is wrong";
    }
    if (failure instanceof CertificateNotYetValidException || reason == BasicReason.NOT_YET_VALID) {
      return "is not valid yet, or this device's clock is wrong";
    }
    if (failure instanceof CertificateRevokedException || reason == BasicReason.REVOKED) {
      return "has been revoked";
    }
    String message = failure.getMessage() == null ? "" : failure.getMessage();
    if (failure instanceof SSLPeerUnverifiedException) {
      return ofPeer(message.toLowerCase(Locale.ROOT));
    }
    // a socket factory that looks at names itself says it so
    return failure instanceof CertificateException && message.matches("No (subject|name).*found.*")
        ? "is for another name"
        : null;
  }

  /** What OkHttp finds once the handshake is over. */
  private static String ofPeer(String message) {
    if (message.contains("pinning")) {
      return "is none of those that the app has pinned";
    }
    return message.contains("not verified")
        ? "is for another name"
        : "is missing or cannot be checked";
  }
}
