package io.github.reelbeam.fuzz;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to hold for every input. A check that fails is a finding. */
public final class Check {
  /** What is put into each sentence besides the other side's own words. */
  private static final int LONGEST_MESSAGE = 4096;

  private Check() {}

  /** Fails with the words given. */
  public static void that(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** Logs, dialogs and the journal have it: one line, which can be read, with no secret in it. */
  public static void message(@Nullable String message, String... secrets) {
    if (message == null) {
      return;
    }
    that(message.length() <= LONGEST_MESSAGE, "a message of " + message.length() + " characters");
    for (int i = 0; i < message.length(); i++) {
      int type = Character.getType(message.charAt(i));
      that(
          type != Character.CONTROL
              && type != Character.LINE_SEPARATOR
              && type != Character.PARAGRAPH_SEPARATOR,
          "more than one line, or a control character, in: " + message);
    }
    noSecret(message, secrets);
  }

  /** A text that may be of any form, but has no secret in it. */
  public static void noSecret(@Nullable String text, String... secrets) {
    for (String secret : secrets) {
      that(text == null || !text.contains(secret), "a secret in: " + text);
    }
  }

  /**
   * A failure as callers may see it: good messages all the way down, no secret, and no {@link
   * Error}, which would mean that something was only just survived.
   */
  public static void failure(Throwable failure, String... secrets) {
    message(failure.getMessage(), secrets);
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      if (t instanceof Error) {
        throw new AssertionError("an error was survived", t);
      }
      noSecret(t.toString(), secrets);
    }
  }
}
