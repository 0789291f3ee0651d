package io.github.reelbeam.benchmarks.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that answers each line with a line. It ends when its stdin does. */
final class LineProcess implements AutoCloseable {
  /** Longer than anything here takes; what hangs is killed. */
  private static final long LIMIT_MINUTES = 20;

  private final Process process;
  private final BufferedReader answers;
  private final Path log;

  LineProcess(List<String> command, Path log) throws IOException {
    this.log = log;
    Files.createDirectories(log.toAbsolutePath().getParent());
    this.process = Launcher.process(command).redirectError(log.toFile()).start();
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Says a line and waits for the answer. */
  String ask(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    return answer();
  }

  /** Waits for the next line. */
  String answer() throws IOException {
    CompletableFuture<Void> limit =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(LIMIT_MINUTES, TimeUnit.MINUTES));
    try {
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("the process ended: " + log + "\n" + Files.readString(log));
      }
      return answer;
    } finally {
      limit.cancel(false);
    }
  }

  /** The values of a line such as {@code wall=1 cpu=2}. */
  static Map<String, String> fields(String line) {
    Map<String, String> fields = new HashMap<>();
    for (String pair : line.split(" ", -1)) {
      int sign = pair.indexOf('=');
      if (sign > 0) {
        fields.put(pair.substring(0, sign), pair.substring(sign + 1));
      }
    }
    return fields;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
