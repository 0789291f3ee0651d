package io.github.reelbeam.examples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as its users start it: {@code java -jar reelbeam.jar}, a process of its own. */
final class ReelbeamProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "reelbeam.jar").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final Path out;
  private final Path err;

  private ReelbeamProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static ReelbeamProcess start(Path folder, List<String> jvmOptions, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    // a shell's background job, as which a build may run, would hand down an ignored SIGINT
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "stdout", ".txt");
    Path err = Files.createTempFile(folder, "stderr", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("REELBEAM_TOKEN");
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state-home").toString());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new ReelbeamProcess(builder.start(), out, err);
  }

  /** Runs to the end. */
  static ReelbeamProcess run(Path folder, List<String> jvmOptions, List<String> arguments)
      throws IOException, InterruptedException {
    ReelbeamProcess process = start(folder, jvmOptions, arguments);
    process.awaitExit(Duration.ofMinutes(10));
    return process;
  }

  int awaitExit(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + atMost + ": " + this);
    }
    return process.exitValue();
  }

  /** What Ctrl-C sends. */
  void interrupt() throws IOException, InterruptedException {
    int sent = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    if (sent != 0) {
      throw new AssertionError("kill ended with " + sent);
    }
  }

  /** SIGKILL: no hook, no goodbye. */
  void kill() {
    process.destroyForcibly();
  }

  int exitCode() {
    return process.exitValue();
  }

  String stdout() {
    return read(out);
  }

  String stderr() {
    return read(err);
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
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    String state = process.isAlive() ? "running" : "exit code " + process.exitValue();
    return state + "\n--- stdout\n" + stdout() + "\n--- stderr\n" + stderr();
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + line, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
