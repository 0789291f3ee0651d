package io.github.reelbeam.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that stdout goes to.
 *
 * @param columns how wide it is
 * @param unicode whether it takes more than ASCII
 */
record Terminal(int columns, boolean unicode) {
  private static final int USUAL_WIDTH = 80;
  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("\\d+ (\\d+)\\s*");

  /**
   * Returns the terminal; empty if stdout is a file or a pipe. {@code System.console()} does not
   * tell: up to Java 21 it is null if only stdin is redirected, from 22 on it never is. So the
   * shell is asked, which inherits stdout; its answer comes over stderr.
   */
  static Optional<Terminal> onStdout() {
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", "test -t 1 && stty size <&1 >&2")
              .redirectInput(Redirect.INHERIT)
              .redirectOutput(Redirect.INHERIT)
              .start();
      String answer;
      try (InputStream text = shell.getErrorStream()) {
        answer = new String(text.readAllBytes(), StandardCharsets.US_ASCII);
      }
      Matcher size = ROWS_AND_COLUMNS.matcher(answer);
      return size.matches()
          ? Optional.of(sized(Integer.parseInt(size.group(1))))
          : Optional.empty();
    } catch (IOException noShell) {
      return Optional.empty();
    }
  }

  private static Terminal sized(int columns) {
    // some report a width of 0 when they do not know
    return new Terminal(columns < 20 ? USUAL_WIDTH : columns, takesUnicode());
  }

  private static boolean takesUnicode() {
    String charset =
        System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", ""));
    return charset.regionMatches(true, 0, "utf", 0, 3);
  }
}
