package io.github.reelbeam.examples.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A process that registers assets and prints the id that each upload has, then ends without closing
 * anything.
 */
final class RegisteringProgram {
  private RegisteringProgram() {}

  public static void main(String... arguments) throws IOException {
    SqliteAssetStore assets = SqliteAssetStore.open(Path.of(arguments[0]));
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      System.out.println(assets.register(Assets.of("upload-" + i, "key-" + i)).assetId());
    }
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  static Process start(Path database, int count) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // where SQLite's native code is unpacked to, which a halted process leaves behind
                "-Dorg.sqlite.tmpdir=" + database.getParent(),
                "-cp",
                System.getProperty("java.class.path"),
                RegisteringProgram.class.getName(),
                database.toString(),
                Integer.toString(count)))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The ids that it printed. */
  static List<String> output(Process process) throws IOException, InterruptedException {
    List<String> ids = process.inputReader().lines().toList();
    if (process.waitFor() != 0) {
      throw new AssertionError("ended with " + process.exitValue());
    }
    return ids;
  }
}
