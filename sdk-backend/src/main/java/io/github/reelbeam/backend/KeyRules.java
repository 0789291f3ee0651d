package io.github.reelbeam.backend;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Which keys may stand in a session policy. A policy reads {@code *} and {@code ?} as wildcards and
 * {@code ${...}} as a variable: with them in a key it would open more than one object. Dot segments
 * are resolved by some HTTP clients on their way, so that another object is meant than was signed.
 */
final class KeyRules {
  /** S3's limit, in bytes of UTF-8. */
  private static final int LONGEST_KEY = 1024;

  private static final Pattern WILD = Pattern.compile("[*?$]");
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}\\x{FFFD}]");

  // some clients decode a dot before they look for dot segments, or take a backslash for a
  // separator
  private static final Pattern ODD_SEGMENT =
      Pattern.compile("^/|//|\\\\|(^|/)(\\.|%2e){1,2}(/|$)", Pattern.CASE_INSENSITIVE);

  private KeyRules() {}

  /**
   * Lets a key pass.
   *
   * @throws IllegalArgumentException if it cannot be granted safely; the message says why
   */
  static String checked(String key) {
    // Anything between the client and the policy may normalise: what looks like a wildcard or a dot
    // (there are full-width ones) counts as one.
    String plain = Normalizer.normalize(key, Normalizer.Form.NFKC);
    String why = null;
    if (key.isEmpty()) {
      why = "it is empty";
    } else if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      why = "it has more than 1,024 bytes";
    } else if (WILD.matcher(plain).find()) {
      why = "*, ? and $ have a meaning of their own in a policy";
    } else if (UNSEEN.matcher(key).find()) {
      why = "it has characters that cannot be seen";
    } else if (ODD_SEGMENT.matcher(plain).find()) {
      why = "it has an empty, . or .. path segment, or a backslash";
    }
    if (why != null) {
      throw new IllegalArgumentException("not a key that can be granted: " + why);
    }
    return key;
  }
}
