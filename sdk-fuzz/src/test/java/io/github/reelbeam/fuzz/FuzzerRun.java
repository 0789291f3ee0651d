package io.github.reelbeam.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One fuzzer at work, in a JVM of its own: there is one libFuzzer to a process. */
final class FuzzerRun {
  /** Starting, and replaying the corpus, on a busy machine. */
  private static final Duration BESIDES = Duration.ofMinutes(3);

  private static final Pattern LAST_LINE =
      Pattern.compile("#[0-9]+\\s+DONE\\s+cov: ([0-9]+) ft: ([0-9]+) corp: (\\S+)");
  private static final Pattern DONE = Pattern.compile("Done ([0-9]+) runs in ([0-9]+) second");
  private static final Pattern FOUND = Pattern.compile("Test unit written to (\\S+)");
  private static final Pattern WHY = Pattern.compile("(?s)== Java Exception: .*?(?=DEDUP_TOKEN)");

  private final Fuzzer fuzzer;
  private final Path folder;

  /**
   * @param folder where what it finds goes
   */
  FuzzerRun(Fuzzer fuzzer, Path folder) {
    this.fuzzer = fuzzer;
    this.folder = folder.toAbsolutePath();
  }

  /**
   * Replays the corpus and what was found before, and then looks for more.
   *
   * @param keep whether new inputs are kept for the next run; if not, chance has no part in it
   * @return figures, for people
   */
  String fuzz(int seconds, boolean keep) throws IOException, InterruptedException {
    Path found = folder.resolve(keep ? "found" : "short");
    Files.createDirectories(found);
    List<String> arguments = new ArrayList<>();
    arguments.add("-max_total_time=" + seconds);
    if (!keep) {
      // a change is judged by what it does, and not by what today's dice bring to light
      arguments.add("-seed=1");
    }
    if (Files.exists(fuzzer.dictionary())) {
      arguments.add("-dict=" + fuzzer.dictionary());
    }
    arguments.add(found.toString());
    arguments.add(fuzzer.corpus().toString());
    // the first compiler alone: within seconds the second costs more than it gains
    String log =
        run(
            Duration.ofSeconds(seconds),
            keep ? List.of() : List.of("-XX:TieredStopAtLevel=1"),
            arguments);
    if (!keep) {
      deleteFiles(found);
    }
    return figures(log);
  }

  /** Runs one input. */
  String replay(Path input) throws IOException, InterruptedException {
    run(
        Duration.ZERO,
        List.of("-XX:TieredStopAtLevel=1"),
        List.of(input.toAbsolutePath().toString()));
    return "is all right with " + input;
  }

  private String run(Duration time, List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    Path log = folder.resolve("log.txt");
    Files.createDirectories(folder);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // what grows beyond that has no bound
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPath(), "com.code_intelligence.jazzer.Jazzer"));
    command.add("--target_class=" + fuzzer.target());
    command.add("--instrumentation_includes=" + fuzzer.instrumented());
    command.add("--custom_hook_includes=io.github.reelbeam.**");
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + "/");
    command.add("-timeout=25");
    command.add("-rss_limit_mb=2048");
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(time.plus(BESIDES).toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly();
    }
    String text = Files.readString(log, StandardCharsets.ISO_8859_1);
    if (!ended || process.exitValue() != 0) {
      throw new AssertionError(finding(text, log, ended ? process.exitValue() : null));
    }
    return text;
  }

  /** By what the build gives the tests; the JVM's own is a jar that names it. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private String finding(String text, Path log, @Nullable Integer exit) {
    Matcher found = FOUND.matcher(text);
    Matcher why = WHY.matcher(text);
    String reason =
        why.find() ? why.group() : exit == null ? "it does not end" : "exit code " + exit;
    if (!found.find()) {
      return fuzzer.title() + ": " + reason + "\nno input was kept; see " + log;
    }
    return fuzzer.title()
        + " has found something: "
        + reason
        + "\ninput:  "
        + found.group(1)
        + "\nreplay: mvn -B -ntp -Pfuzz -pl sdk-fuzz -am verify -Dfuzz.only="
        + fuzzer.title()
        + " -Dfuzz.input="
        + found.group(1)
        + "\nmended? keep it: cp "
        + found.group(1)
        + " sdk-fuzz/"
        + fuzzer.corpus()
        + "/a-name-for-it";
  }

  private static String figures(String text) {
    Matcher done = DONE.matcher(text);
    Matcher last = LAST_LINE.matcher(text);
    return done.find() && last.find()
        ? "%s executions in %s s, coverage %s, features %s, corpus %s"
            .formatted(done.group(1), done.group(2), last.group(1), last.group(2), last.group(3))
        : "no figures";
  }

  private static void deleteFiles(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.collect(Collectors.toList())) {
        Files.delete(file);
      }
    }
  }
}
