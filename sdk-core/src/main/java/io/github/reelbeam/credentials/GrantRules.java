package io.github.reelbeam.credentials;

import io.github.reelbeam.internal.json.GrantAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Whether a grant whose fields are all there can be used. */
final class GrantRules {
  /** S3's own limit. */
  private static final int MAX_KEY_BYTES = 1024;

  private GrantRules() {}

  /** Returns what is wrong with the grant, beginning with the field; empty if nothing is. */
  static Optional<String> problem(GrantAnswer grant) {
    if (grant.bucket().indexOf('/') >= 0) {
      return Optional.of("the field credentials.bucket has a slash in it");
    }
    Optional<String> key = keyProblem(grant.key());
    if (key.isPresent()) {
      return Optional.of("the field key " + key.get());
    }
    URI endpoint = grant.endpoint();
    if (endpoint != null && !isEndpoint(endpoint)) {
      return Optional.of("the field endpoint is not an http or https URL with just a host");
    }
    return Optional.empty();
  }

  private static Optional<String> keyProblem(String key) {
    if (key.startsWith("/")) {
      return Optional.of("begins with a slash");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(key)) {
      // it would be sent as a question mark, and the object have another key
      return Optional.of("has half a character in it");
    }
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_KEY_BYTES) {
      return Optional.of("has " + bytes + " bytes, and S3 takes " + MAX_KEY_BYTES);
    }
    for (String segment : key.split("/", -1)) {
      // URLs are normalised on their way: the bytes would end up under another key
      if (segment.equals(".") || segment.equals("..")) {
        return Optional.of("has a segment '" + segment + "'");
      }
    }
    return Optional.empty();
  }

  /** User info would get into logs and the journal; a query makes no sense there. */
  private static boolean isEndpoint(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    return (scheme.equals("http") || scheme.equals("https"))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null;
  }
}
