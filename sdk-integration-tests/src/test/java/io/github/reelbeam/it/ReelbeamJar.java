package io.github.reelbeam.it;

import io.github.reelbeam.testservers.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command line, as the build has packed it: {@code java -jar reelbeam.jar}. */
final class ReelbeamJar {
  private static final Path JAR = Path.of("..", "sdk-examples", "target", "reelbeam.jar");

  private ReelbeamJar() {}

  static List<String> jvmOptions(Path folder) {
    return List.of(
        // tests start many of them: a small heap, no compiler that pays off in an hour only
        "-Xmx128m",
        "-XX:TieredStopAtLevel=1",
        // where SQLite's native code is unpacked to, which a killed process leaves behind
        "-Dorg.sqlite.tmpdir=" + folder);
  }

  /**
   * Starts a command.
   *
   * @param folder for its output
   */
  static JavaProgram start(Path folder, Map<String, String> environment, List<String> arguments)
      throws IOException {
    if (!Files.isRegularFile(JAR)) {
      throw new IllegalStateException(
          JAR + " is not there: build sdk-examples up to the phase package first");
    }
    return JavaProgram.start(folder, JAR, jvmOptions(folder), arguments, environment);
  }
}
