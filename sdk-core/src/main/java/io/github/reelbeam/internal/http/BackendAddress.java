package io.github.reelbeam.internal.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where the backend is: the URL that all paths of the wire contract are added to.
 *
 * @param root scheme, host, port and path, with a slash at the end
 * @param query the query that goes with every request, as it was written, or null
 */
record BackendAddress(String root, @Nullable String query) {

  /**
   * Takes a base URL apart. User info is dropped: OkHttp does not send it, and it must not get into
   * logs and journals.
   *
   * @throws IllegalArgumentException if it is not an http or https URL with a host
   */
  static BackendAddress of(URI base) {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    String host = base.getHost();
    if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
      // the URL is not shown: it may hold a password
      throw new IllegalArgumentException(
          "the backend's base is an http or https URL with a host, such as"
              + " https://api.example.com/; this is not: scheme '"
              + scheme
              + "', host '"
              + Objects.requireNonNullElse(host, "")
              + "'");
    }
    String path = base.getRawPath();
    int usual = scheme.equals("https") ? 443 : 80;
    String port = base.getPort() == -1 || base.getPort() == usual ? "" : ":" + base.getPort();
    String root =
        scheme
            + "://"
            + host.toLowerCase(Locale.ROOT)
            + port
            + path
            + (path.endsWith("/") ? "" : "/");
    if (HttpUrl.parse(root) == null) {
      throw new IllegalArgumentException("the backend's base is not a URL to send to: " + root);
    }
    return new BackendAddress(root, base.getRawQuery());
  }

  /** Whether nobody on the way can read along: by TLS, or because there is no way. */
  boolean isPrivate() {
    URI uri = URI.create(root);
    return uri.getScheme().equals("https") || HostName.isLoopback(uri.getHost());
  }

  /** The URL of a path, for messages and logs. */
  String show(String path) {
    return root + path;
  }

  /** The URL to send to. */
  String resolve(String path) {
    return root + path + (query == null ? "" : "?" + query);
  }

  /**
   * Checks a path that an app configured.
   *
   * @return the path without a slash at the start
   * @throws IllegalArgumentException if it is empty, or more or less than a plain path
   */
  static String path(String path) {
    String relative = path.startsWith("/") ? path.substring(1) : path;
    boolean plain = relative.matches("[A-Za-z0-9._~!$&'()*+,;=:@%/-]+");
    // OkHttp resolves them in either spelling
    boolean dots = ("/" + relative + "/").matches(".*/(\\.|%2[Ee]){1,2}/.*");
    if (!plain || dots || relative.startsWith("/") || relative.contains("://")) {
      throw new IllegalArgumentException(
          "a path is relative to the base URL, without query and dot segments, such as"
              + " api/v1/uploads; this is not: '"
              + path
              + "'");
    }
    return relative;
  }
}
