package io.github.reelbeam.backend;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The origin of a page, spelled as browsers send it: S3 compares it as text. */
final class WebOrigin {
  private WebOrigin() {}

  /**
   * The origin in lower case and without the scheme's own port.
   *
   * @throws IllegalArgumentException if it is neither {@code scheme://host[:port]} nor {@code *}
   */
  static String normalized(String text) {
    if (text.equals("*")) {
      return text;
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw refusal(text, e);
    }
    // what follows the host, such as a slash, is the usual slip: the rule would never match
    boolean bare = uri.getRawPath() != null && uri.getRawPath().isEmpty();
    if (uri.getScheme() == null
        || uri.getHost() == null
        || !bare
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null
        || uri.getRawUserInfo() != null
        || uri.getPort() == 0
        || uri.getPort() > 65_535
        || text.endsWith(":")) {
      throw refusal(text, null);
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    String origin = scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT);
    return uri.getPort() == -1 || uri.getPort() == ownPort(scheme)
        ? origin
        : origin + ":" + uri.getPort();
  }

  private static int ownPort(String scheme) {
    return switch (scheme) {
      case "http" -> 80;
      case "https" -> 443;
      default -> -1;
    };
  }

  private static IllegalArgumentException refusal(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "not an origin: '"
            + text
            + "'. Write https://host or https://host:port, with no path and"
            + " no slash at the end, or * for every page there is",
        cause);
  }
}
