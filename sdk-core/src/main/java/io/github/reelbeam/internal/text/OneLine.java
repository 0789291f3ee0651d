package io.github.reelbeam.internal.text;

import java.util.regex.Pattern;

/**
 * What somebody else wrote (a backend, a store, a proxy), made fit for messages, logs and the
 * journal: one line, of a length that can be read.
 */
public final class OneLine {
  /** Control characters, Unicode's line ends, and what turns the direction of writing around. */
  private static final Pattern NOT_SHOWN =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]+");

  private OneLine() {}

  /**
   * Returns the text as one line.
   *
   * @param longest characters that are kept; if there are more, three dots follow
   */
  public static String of(String text, int longest) {
    // twice as much: what is taken out of it may be half of it, and the rest may be megabytes
    String line = NOT_SHOWN.matcher(cut(text, 2 * longest)).replaceAll(" ").trim();
    boolean whole = line.length() <= longest && text.length() <= 2 * longest;
    return whole ? line : cut(line, longest) + "...";
  }

  /** Never through the middle of a character. */
  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    boolean pair = Character.isHighSurrogate(text.charAt(length - 1));
    return text.substring(0, pair ? length - 1 : length);
  }
}
