package io.github.reelbeam.internal.http;

import java.io.IOException;
import java.io.Serial;

/**
 * A proxy on the way wants a login, and the app's client has none that it takes.
 *
 * <p>It is not tried again by itself, not even once: a wrong password that is sent with every
 * attempt of every part locks its owner out. Nor is it waited for, since a person has to do
 * something about it.
 */
public final class ProxyRefusedException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /** Far more than exceptions are ever nested; a chain may also go in a circle. */
  private static final int MAX_CAUSES = 32;

  ProxyRefusedException(String proxy) {
    super(
        "the proxy "
            + proxy
            + " wants a login (407 Proxy Authentication Required), and the proxyAuthenticator of"
            + " the app's OkHttpClient has none that it takes");
  }

  /** Whether the failure, or what led to it, is of this kind. */
  public static boolean isIn(Throwable failure) {
    Throwable current = failure;
    for (int depth = 0; current != null && depth < MAX_CAUSES; depth++) {
      if (current instanceof ProxyRefusedException) {
        return true;
      }
      current = current.getCause();
    }
    return false;
  }
}
