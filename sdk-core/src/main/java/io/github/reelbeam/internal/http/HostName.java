package io.github.reelbeam.internal.http;

import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * A host in the one spelling that requests go by: lower case, names that are not ASCII in punycode,
 * IPv6 addresses shortened and without brackets. Only what is compared in this spelling is compared
 * with where the bytes will go.
 */
public final class HostName {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|::1|127(\\." + BYTE + "){3}", Pattern.CASE_INSENSITIVE);

  private HostName() {}

  /** Returns a host in that spelling; empty if no request can be sent to it. */
  public static Optional<String> of(String host) {
    try {
      String name = spelled(host);
      // some names that are not ASCII turn into what is no name, or into another one each time
      return spelled(name).equals(name) ? Optional.of(name) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // the latter is OkHttp's answer to a second "::" when eight groups are there already
      return Optional.empty();
    }
  }

  private static String spelled(String host) {
    return new HttpUrl.Builder().scheme("https").host(host).build().host();
  }

  /**
   * Whether a host is this machine: 127.0.0.0/8, ::1 or localhost. Names are not looked up, as the
   * answer would come from the very network that is not trusted.
   */
  public static boolean isLoopback(String host) {
    return of(host).filter(name -> LOOPBACK.matcher(name).matches()).isPresent();
  }
}
