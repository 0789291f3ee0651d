package io.github.reelbeam.internal.http;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of a list of hosts: {@code s3.example.com}, {@code s3.example.com:9000}, or {@code
 * *.example.com} for every name below a domain, but not the domain itself.
 *
 * @param host the host or domain as {@link HostName} spells it
 * @param below whether the names below the domain are meant
 * @param port the port, or -1 for the one that the scheme has by default
 */
public record HostPattern(String host, boolean below, int port) {
  private static final Pattern FORM =
      Pattern.compile("(\\*\\.)?(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:/@?#*%\\s]+)(?::([0-9]{1,5}))?");

  private static final int MAX_PORT = 65_535;

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException if it is of another form
   */
  public static HostPattern of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw wrong(text);
    }
    boolean below = form.group(1) != null;
    String host = HostName.of(form.group(2)).orElseThrow(() -> wrong(text));
    int port = form.group(3) == null ? -1 : Integer.parseInt(form.group(3));
    // below a top-level domain is everybody, and below an address is nothing
    boolean domain = host.matches(".+\\..*[^0-9.][^.]*");
    if (host.endsWith(".") || port == 0 || port > MAX_PORT || (below && !domain)) {
      throw wrong(text);
    }
    return new HostPattern(host, below, port);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "an allowed endpoint is a host such as s3.example.com or s3.example.com:9000, or all below"
            + " a domain such as *.s3.example.com; this is not: '"
            + text
            + "'");
  }

  /** Whether a URL is at such a host and port; its path does not matter. */
  public boolean matches(URI url) {
    int usual = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    int asked = url.getPort() == -1 ? usual : url.getPort();
    return asked == (port == -1 ? usual : port)
        && HostName.of(url.getHost())
            .filter(name -> below ? name.endsWith("." + host) : name.equals(host))
            .isPresent();
  }
}
