package io.github.reelbeam.backend;

import io.github.reelbeam.fuzz.Check;
import java.util.regex.Pattern;

/** The keys that the backend makes up, and those that it puts into a policy. */
public final class MadeKeys {
  private static final ObjectKeys KEYS = ObjectKeys.withPrefix("uploads/");
  private static final Pattern MADE = Pattern.compile("uploads/[0-9a-f-]{36}(\\.[a-z0-9]{2,4})?");

  private MadeKeys() {}

  /** Nothing of the file's name gets into the key but a known extension. */
  public static void madeFor(String fileName) {
    String key = KEYS.next(fileName);
    Check.that(MADE.matcher(key).matches(), "the key " + key + " for the name " + fileName);
    Check.that(KEYS.mayHaveMade(key), "not known again: " + key);
    Check.that(KeyRules.checked(key).equals(key), "not grantable: " + key);
    String extension = key.substring("uploads/".length() + 36);
    Check.that(
        extension.isEmpty() || ObjectKeys.VIDEO_EXTENSIONS.contains(extension.substring(1)),
        "an extension that nobody knows: " + key);
  }

  /** A key from elsewhere: refused by words, or safe in a policy and on its way. */
  public static void given(String key) {
    try {
      KeyRules.checked(key);
    } catch (IllegalArgumentException e) {
      Check.message(e.getMessage());
      return;
    }
    Check.that(
        key.indexOf('*') < 0 && key.indexOf('?') < 0 && key.indexOf('$') < 0,
        "a wildcard in a policy: " + key);
    Check.that(
        !("/" + key + "/").contains("/../") && !("/" + key + "/").contains("/./"),
        "a dot segment: " + key);
  }
}
