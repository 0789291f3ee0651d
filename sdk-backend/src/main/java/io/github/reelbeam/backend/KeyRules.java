package io.github.reelbeam.backend;

import java.nio.charset.StandardCharsets;
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
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Cn}\\x{FFFD}]");
  private static final Pattern DOT_SEGMENT = Pattern.compile("(^|/)\\.{1,2}(/|$)");

  private KeyRules() {}

  /**
   * Lets a key pass.
   *
   * @throws IllegalArgumentException if it cannot be granted safely; the message says why
   */
  static String checked(String key) {
    String why = null;
    if (key.isEmpty()) {
      why = "it is empty";
    } else if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      why = "it has more than 1,024 bytes";
    } else if (WILD.matcher(key).find()) {
      why = "*, ? and $ have a meaning of their own in a policy";
    } else if (CONTROL.matcher(key).find()) {
      why = "it has characters that cannot be seen";
    } else if (DOT_SEGMENT.matcher(key).find() || key.startsWith("/") || key.contains("//")) {
      why = "it has an empty, . or .. path segment";
    }
    if (why != null) {
      throw new IllegalArgumentException("not a key that can be granted: " + why);
    }
    return key;
  }
}
