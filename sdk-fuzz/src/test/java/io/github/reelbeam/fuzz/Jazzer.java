package io.github.reelbeam.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Jazzer at work, in a JVM of its own: there is one libFuzzer to a process.
 *
 * @param log all that it said
 * @param isClean whether it ended, and found nothing
 */
record Jazzer(String log, boolean isClean) {
  /** Starting, and replaying the corpus, on a busy machine. */
  private static final Duration BESIDES = Duration.ofMinutes(3);

  /** Whose branches are watched: what reads for us is so too. */
  private static final String WATCHED =
      "io.github.reelbeam.**:com.fasterxml.jackson.core.json.**:org.overviewproject.**";

  private static final Pattern LAST_LINE =
      Pattern.compile("#[0-9]+\\s+DONE\\s+cov: ([0-9]+) ft: ([0-9]+) corp: (\\S+)");
  private static final Pattern DONE = Pattern.compile("Done ([0-9]+) runs in ([0-9]+) second");
  private static final Pattern FOUND = Pattern.compile("Test unit written to (\\S+)");
  private static final Pattern WHY = Pattern.compile("(?s)== Java Exception: .*?(?=DEDUP_TOKEN)");

  /**
   * Looks for inputs that break something.
   *
   * @param folder where the log and the findings go
   * @param time how long to look
   * @param options for the JVM
   * @param arguments for libFuzzer
   */
  static Jazzer run(
      Class<?> target, Path folder, Duration time, List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path log = folder.resolve("log.txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // what needs more than that has no bound
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), "com.code_intelligence.jazzer.Jazzer"));
    command.add("--target_class=" + target.getName());
    command.add("--instrumentation_includes=" + WATCHED);
    command.add("--custom_hook_includes=io.github.reelbeam.**");
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder.toAbsolutePath() + "/");
    command.add("-max_total_time=" + time.toSeconds());
    command.add("-timeout=25");
    command.add("-rss_limit_mb=2048");
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(time.plus(BESIDES).toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    // it quotes inputs, which may be of any bytes
    String said = Files.readString(log, StandardCharsets.ISO_8859_1);
    return new Jazzer(said, ended && process.exitValue() == 0);
  }

  /** What the build gave to the tests; the JVM's own is a jar that names it. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** The input that broke something; empty if none was kept. */
  Optional<Path> found() {
    Matcher found = FOUND.matcher(log);
    return found.find() ? Optional.of(Path.of(found.group(1))) : Optional.empty();
  }

  /** What went wrong. */
  String reason() {
    Matcher why = WHY.matcher(log);
    return why.find() ? why.group() : log.substring(Math.max(0, log.length() - 4000));
  }

  /** What was done, for people. */
  String figures() {
    Matcher done = DONE.matcher(log);
    Matcher last = LAST_LINE.matcher(log);
    return done.find() && last.find()
        ? "%s executions in %s s, coverage %s, features %s, corpus %s"
            .formatted(done.group(1), done.group(2), last.group(1), last.group(2), last.group(3))
        : "no figures";
  }
}
