package io.github.reelbeam.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.reelbeam.testservers.JavaProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The command line as its users start it: {@code java -jar reelbeam.jar}, a process of its own. It
 * gets the archive that the start script gives it, too, and does without the second compiler, which
 * costs a process of seconds more than it gains: that halves what the many starts take.
 */
final class ReelbeamProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "reelbeam.jar");
  private static final List<String> STARTS_SOON =
      List.of(
          "-XX:SharedArchiveFile=" + Path.of("target", "reelbeam.jsa").toAbsolutePath(),
          "-Xlog:cds=off,cds+dynamic=off",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JavaProgram program;

  private ReelbeamProcess(JavaProgram program) {
    this.program = program;
  }

  static ReelbeamProcess start(Path folder, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    Map<String, String> environment =
        Map.of("REELBEAM_TOKEN", "", "XDG_STATE_HOME", folder.resolve("state-home").toString());
    List<String> options = new ArrayList<>(STARTS_SOON);
    options.addAll(jvmOptions);
    return new ReelbeamProcess(JavaProgram.start(folder, JAR, options, arguments, environment));
  }

  /** Runs to the end. */
  static ReelbeamProcess run(Path folder, List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    ReelbeamProcess process = start(folder, jvmOptions, arguments);
    process.awaitExit(Duration.ofMinutes(10));
    return process;
  }

  int awaitExit(Duration atMost) throws InterruptedException {
    return program.awaitExit(atMost);
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    program.interrupt();
  }

  /** SIGKILL: no hook, no goodbye. */
  void kill() {
    program.kill();
  }

  boolean isRunning() {
    return program.isRunning();
  }

  int exitCode() {
    return program.exitCode();
  }

  String stdout() {
    return program.stdout();
  }

  String stderr() {
    return program.stderr();
  }

  /** The complete lines of stdout so far, as JSON. */
  List<JsonNode> events() {
    String text = stdout();
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(ReelbeamProcess::json)
        .toList();
  }

  JsonNode lastEvent() {
    List<JsonNode> events = events();
    return events.get(events.size() - 1);
  }

  boolean hasSeen(String event) {
    return events().stream().anyMatch(line -> line.path("event").asText().equals(event));
  }

  @Override
  public void close() {
    program.close();
  }

  @Override
  public String toString() {
    return program.toString();
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }
}
