package io.github.reelbeam.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Java program as its users start it: a process of its own, which can be watched and killed. */
public final class JavaProgram implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private JavaProgram(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts {@code java -jar}, with the JVM that this one runs on.
   *
   * @param folder where its output goes
   * @param environment added to the environment of this process; an empty value takes one away
   */
  public static JavaProgram start(
      Path folder,
      Path jar,
      List<String> jvmOptions,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    return start(
        folder,
        List.of("-jar", jar.toAbsolutePath().toString()),
        jvmOptions,
        arguments,
        environment);
  }

  /**
   * Starts a class with a {@code main} method, on the class path of this process.
   *
   * @param folder where its output goes
   * @param environment added to the environment of this process; an empty value takes one away
   */
  public static JavaProgram start(
      Path folder,
      Class<?> main,
      List<String> jvmOptions,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    return start(
        folder,
        List.of("-cp", System.getProperty("java.class.path"), main.getName()),
        jvmOptions,
        arguments,
        environment);
  }

  private static JavaProgram start(
      Path folder,
      List<String> program,
      List<String> jvmOptions,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    // a shell's background job, as which a build may run, would hand down an ignored SIGINT
    command.addAll(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(program);
    command.addAll(arguments);
    Path out = Files.createTempFile(folder, "stdout", ".txt");
    Path err = Files.createTempFile(folder, "stderr", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new JavaProgram(builder.start(), out, err);
  }

  /** Waits for its end, and kills it if that is too long. */
  public int awaitExit(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + atMost + ": " + this);
    }
    return process.exitValue();
  }

  /** Waits for its end, but for so long only. */
  public boolean endsWithin(Duration atMost) throws InterruptedException {
    return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** What Ctrl-C sends. */
  public void interrupt() throws IOException, InterruptedException {
    int sent = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    if (sent != 0) {
      throw new AssertionError("kill ended with " + sent);
    }
  }

  /** SIGTERM: please end. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL: no hook, no goodbye. */
  public void kill() {
    process.destroyForcibly();
  }

  /** Whether it has not ended yet. */
  public boolean isRunning() {
    return process.isAlive();
  }

  /** What it ended with. */
  public int exitCode() {
    return process.exitValue();
  }

  /** What it has written so far. */
  public String stdout() {
    return read(out);
  }

  /** What it has written to stderr so far. */
  public String stderr() {
    return read(err);
  }

  /** Kills it if it still runs. */
  @Override
  public void close() {
    kill();
  }

  /** Everything that a failed test wants to tell. */
  @Override
  public String toString() {
    String state = isRunning() ? "running" : "exit code " + exitCode();
    return state + "\n--- stdout\n" + stdout() + "\n--- stderr\n" + stderr();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
