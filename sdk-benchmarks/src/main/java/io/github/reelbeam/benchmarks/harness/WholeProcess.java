package io.github.reelbeam.benchmarks.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a process has cost from its start to its end, by the shell's {@code time}: a JVM cannot see
 * from within what its own start and end take.
 *
 * @param wall seconds that passed
 * @param cpu seconds on all cores
 * @param peak bytes that were resident at most, by its own word
 */
record WholeProcess(double wall, double cpu, double peak) {
  private static final long LIMIT_MINUTES = 20;

  // the times go where stdout goes, what the command complains of does not
  private static final String TIMED =
      "TIMEFORMAT='wall=%3R user=%3U sys=%3S'; log=$1; shift; { time \"$@\" 2>\"$log\"; } 2>&1";

  static WholeProcess run(List<String> command, Path log) throws IOException {
    List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMED, "bash", log.toString()));
    timed.addAll(command);
    Process process = Launcher.process(timed).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      // a few lines: the pipe holds them until the process has ended
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new FailedRunException("no end after " + LIMIT_MINUTES + " minutes: " + log);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .replace('\n', ' ');
    if (process.exitValue() != 0) {
      throw new FailedRunException(
          "exit code " + process.exitValue() + ": " + output + "\n" + Files.readString(log));
    }
    Map<String, String> fields = LineProcess.fields(output);
    return new WholeProcess(
        number(fields, "wall"),
        number(fields, "user") + number(fields, "sys"),
        number(fields, "peak"));
  }

  private static double number(Map<String, String> fields, String name) {
    return Double.parseDouble(fields.getOrDefault(name, "NaN"));
  }
}
