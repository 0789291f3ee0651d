package io.github.reelbeam.examples.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Tells what happens, each step with the time since the beginning. */
final class Story {
  private final PrintWriter out;
  private final long began = System.nanoTime();

  Story(PrintWriter out) {
    this.out = out;
  }

  /** A line without a time. */
  void say(String text) {
    out.println(text);
    out.flush();
  }

  /** One step. */
  void tell(String what, String text) {
    say(
        String.format(
            Locale.ROOT, "%7.2f s  %-8s  %s", sinceBegin().toMillis() / 1000.0, what, text));
  }

  Duration sinceBegin() {
    return Duration.ofNanos(System.nanoTime() - began);
  }
}
