package io.github.reelbeam.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code target/reelbeam}, the start script, and the class-data archive that the build has made.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path SCRIPT = TARGET.resolve("reelbeam");

  @TempDir private Path folder;

  @Test
  void itsClassesComeOutOfTheArchive() throws Exception {
    Path loaded = folder.resolve("loaded.txt");

    Run run =
        run(
            SCRIPT,
            Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded),
            "upload",
            folder.resolve("missing.mp4").toString(),
            "--backend",
            "http://127.0.0.1:1");

    assertThat(run.code()).as(run::toString).isEqualTo(ExitCode.FAILED);
    List<String> own =
        Files.readAllLines(loaded).stream()
            .filter(line -> line.contains(" io.github.reelbeam.examples.cli.Reelbeam "))
            .toList();
    assertThat(own).singleElement().asString().contains("shared objects file (top)");
  }

  @Test
  void itsExitCodeIsTheProgramsOwn() throws Exception {
    assertThat(run(SCRIPT, Map.of(), "--version").code()).isZero();
    assertThat(run(SCRIPT, Map.of(), "no-such-command").code()).isEqualTo(ExitCode.USAGE);
  }

  /** So with an archive of another JDK. */
  @Test
  void startsWithoutAWordWhereTheArchiveIsOfNoUse() throws Exception {
    Path elsewhere = copyOfTheTarget("a folder with spaces");
    assertThat(run(elsewhere.resolve("reelbeam"), Map.of(), "--version").stderr()).isEmpty();

    Files.writeString(elsewhere.resolve("reelbeam.jsa"), "no archive");

    Run run = run(elsewhere.resolve("reelbeam"), Map.of(), "--version");
    assertThat(run.code()).as(run::toString).isZero();
    assertThat(run.stdout()).startsWith("reelbeam ");
    assertThat(run.stderr()).isEmpty();
  }

  @Test
  void startsThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("rb"), SCRIPT);
    assertThat(run(link, Map.of(), "--version").stdout()).startsWith("reelbeam ");
  }

  @Test
  void takesTheJavaOfJavaHomeAndBecomesIt() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("my jdk/bin"));
    Path java = bin.resolve("java");
    Files.writeString(
        java, "#!/bin/sh\necho $$\nfor a in \"$@\"; do echo \"[$a]\"; done\nexit 75\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();

    Run run =
        run(
            SCRIPT,
            Map.of("JAVA_HOME", folder.resolve("my jdk").toString(), "PATH", "/nowhere"),
            "upload",
            "my video.mp4");

    assertThat(run.code()).isEqualTo(75);
    // the process that was started: a signal to it is one to Java
    assertThat(run.stdout()).startsWith(run.pid() + "\n").endsWith("[upload]\n[my video.mp4]\n");
  }

  @Test
  void saysSoWhereThereIsNoJava() throws Exception {
    Run run = run(SCRIPT, Map.of("JAVA_HOME", "", "PATH", "/nowhere"), "--version");
    assertThat(run.code()).isEqualTo(127);
    assertThat(run.stderr()).startsWith("reelbeam: there is no java");
  }

  private Path copyOfTheTarget(String name) throws IOException {
    Path copy = Files.createDirectory(folder.resolve(name));
    Files.copy(SCRIPT, copy.resolve("reelbeam"));
    assertThat(copy.resolve("reelbeam").toFile().setExecutable(true)).isTrue();
    Files.copy(TARGET.resolve("reelbeam.jar"), copy.resolve("reelbeam.jar"));
    Files.copy(TARGET.resolve("reelbeam.jsa"), copy.resolve("reelbeam.jsa"));
    Files.createSymbolicLink(copy.resolve("lib"), TARGET.resolve("lib"));
    return copy;
  }

  private Run run(Path script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path stdout = folder.resolve("stdout");
    Path stderr = folder.resolve("stderr");
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(stdout.toFile()).redirectError(stderr.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Run(
        process.pid(),
        process.waitFor(),
        Files.readString(stdout, StandardCharsets.UTF_8),
        Files.readString(stderr, StandardCharsets.UTF_8));
  }

  private record Run(long pid, int code, String stdout, String stderr) {}
}
