package io.github.reelbeam.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code SmallApp} in a JVM of its own, from a jar and nothing else. */
final class AppProcess implements AutoCloseable {
  /** The exit code after SIGKILL. */
  static final int KILLED = 128 + 9;

  private final Process process;
  private final Path out;
  private final Path err;

  private AppProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it to upload a video.
   *
   * @param folder for its journal and what it prints
   * @param bytesPerSecond 0 for no limit
   */
  static AppProcess start(Path jar, Path folder, URI backend, long bytesPerSecond, Path video)
      throws IOException {
    return run(jar, folder, backend, Long.toString(bytesPerSecond), video.toString());
  }

  /** Starts it to go on with what is pending. */
  static AppProcess startAgain(Path jar, Path folder, URI backend) throws IOException {
    return run(jar, folder, backend, "0");
  }

  private static AppProcess run(Path jar, Path folder, URI backend, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules",
                "java.base,java.logging",
                "-cp",
                jar.toAbsolutePath().toString(),
                "io.github.reelbeam.android.SmallApp",
                backend.toString(),
                folder.resolve("journal").toString()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new AppProcess(process, out, err);
  }

  boolean isRunning() {
    return process.isAlive();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for its end, and kills it if that is too long. */
  int awaitExit(Duration atMost) throws InterruptedException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new AssertionError("still running after " + atMost + ": " + this);
    }
    return process.exitValue();
  }

  String stdout() throws IOException {
    return Files.readString(out, UTF_8);
  }

  @Override
  public void close() {
    kill();
  }

  @Override
  public String toString() {
    try {
      return (isRunning() ? "running" : "exit code " + process.exitValue())
          + "\n--- stdout\n"
          + stdout()
          + "\n--- stderr\n"
          + Files.readString(err, UTF_8);
    } catch (IOException e) {
      return "unreadable: " + e;
    }
  }
}
