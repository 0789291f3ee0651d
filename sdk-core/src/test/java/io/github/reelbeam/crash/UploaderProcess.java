package io.github.reelbeam.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A JVM that runs {@link CrashingUploader}; awaited by its output and its exit. */
public final class UploaderProcess implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Process process;
  private final Path out;
  private final Path err;

  private UploaderProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Runs the command of a {@link ChildJvm}; what it prints goes to files in the folder. */
  public static UploaderProcess start(Path folder, List<String> command) throws IOException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new UploaderProcess(process, out, err);
  }

  /** Waits for the end; returns the exit code. */
  public int awaitExit() throws InterruptedException {
    if (!endsWithin(LONGEST)) {
      process.destroyForcibly();
      throw new AssertionError("still running after " + LONGEST + ": " + this);
    }
    return process.exitValue();
  }

  /** Whether it ends by itself in time. */
  public boolean endsWithin(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL: no hook, no goodbye. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitExit();
  }

  /** The complete lines so far. */
  public List<String> lines() {
    String text = read(out);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  boolean hasPrinted(String lineStart) {
    return lines().stream().anyMatch(line -> line.startsWith(lineStart));
  }

  void awaitLine(String lineStart) {
    await(lineStart)
        .atMost(LONGEST)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              if (!isAlive() && !hasPrinted(lineStart)) {
                throw new AssertionError("ended without \"" + lineStart + "\": " + this);
              }
              return hasPrinted(lineStart);
            });
  }

  /** Every point passed, in order. */
  List<String> points() {
    return lines().stream()
        .filter(line -> line.startsWith("before ") || line.startsWith("after "))
        .toList();
  }

  /** The numbers of the parts that were on their way to the store at the end, unconfirmed. */
  Set<Integer> partsInFlight() {
    Set<Integer> parts = parts("before ");
    parts.removeAll(parts("after "));
    return parts;
  }

  private Set<Integer> parts(String side) {
    Pattern part = Pattern.compile(side + S3CrashPoints.UPLOAD_PART + "([0-9]+).*");
    return lines().stream()
        .map(part::matcher)
        .filter(Matcher::matches)
        .map(line -> Integer.valueOf(line.group(1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  @Override
  public String toString() {
    String state = process.isAlive() ? "running" : "exit code " + process.exitValue();
    return state + "\n--- stdout\n" + read(out) + "\n--- stderr\n" + read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
