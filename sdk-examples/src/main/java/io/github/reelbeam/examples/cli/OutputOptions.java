package io.github.reelbeam.examples.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How an upload is shown. */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @Option(names = "--json", description = "One JSON object per line on stdout, and nothing else.")
  private boolean json;

  @Option(names = "--quiet", description = "Nothing on stdout; errors still go to stderr.")
  private boolean quiet;

  boolean isJson() {
    return json;
  }

  JsonLines jsonLines() {
    return new JsonLines(out());
  }

  /** Prints a line for people: not with {@code --json}, not with {@code --quiet}. */
  void say(String line) {
    if (!json && !quiet) {
      out().println(line);
    }
  }

  /** Prints an error in plain words. */
  void complain(String line) {
    PrintWriter err = command.commandLine().getErr();
    err.println("reelbeam: " + line);
    err.flush();
  }

  Display display(String fileName) {
    CommandLine line = command.commandLine();
    if (json) {
      return new JsonDisplay(jsonLines(), line.getErr());
    }
    if (quiet) {
      return new SilentDisplay(line.getErr());
    }
    return Terminal.onStdout()
        .<Display>map(
            terminal ->
                new BarDisplay(
                    out(), line.getErr(), fileName, terminal.columns(), terminal.unicode()))
        .orElseGet(() -> new LineDisplay(out(), line.getErr(), fileName, InstantSource.system()));
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
