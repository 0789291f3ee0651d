package io.github.reelbeam.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * How a small JVM is started that runs {@link CrashingUploader} with the class path of this one.
 *
 * <p>Two thirds of such a process's second and a half of CPU time go into loading classes. So one
 * of them may be told to leave an archive of its classes, from which the others start in half the
 * time. Such an archive wants jars: the folders on the class path are packed.
 */
public final class ChildJvm {
  // another JVM may run other tests at the same time
  private static final Path FOLDER =
      Path.of("target", "child-jvm-" + System.getProperty("test.jvm", "1")).toAbsolutePath();
  private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");

  private static @Nullable String jars;

  private ChildJvm() {}

  static List<String> command(List<String> arguments) throws IOException {
    return command(CrashingUploader.class, arguments);
  }

  /** For another program. */
  public static List<String> command(Class<?> program, List<String> arguments) throws IOException {
    // without an archive, or with one that does not fit, it starts all the same
    return command("-XX:SharedArchiveFile=" + ARCHIVE, program, arguments);
  }

  /** For a process that leaves the archive at its end. */
  static List<String> archivingCommand(List<String> arguments) throws IOException {
    return command("-XX:ArchiveClassesAtExit=" + ARCHIVE, CrashingUploader.class, arguments);
  }

  private static List<String> command(String option, Class<?> program, List<String> arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                option,
                "-cp",
                jars(),
                program.getName()));
    command.addAll(arguments);
    return command;
  }

  private static synchronized String jars() throws IOException {
    String known = jars;
    if (known == null) {
      Files.createDirectories(FOLDER);
      Files.deleteIfExists(ARCHIVE);
      List<String> entries = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
        Path path = Path.of(entry);
        if (Files.isRegularFile(path)) {
          entries.add(entry);
        } else if (!entry.isEmpty() && Files.isDirectory(path)) {
          entries.add(packed(path.toAbsolutePath(), entries.size() + ".jar"));
        }
      }
      known = String.join(File.pathSeparator, entries);
      jars = known;
    }
    return known;
  }

  private static String packed(Path classes, String name) {
    String jar = FOLDER.resolve(name).toString();
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    int failed =
        tool.run(
            System.out,
            System.err,
            "--create",
            "--file",
            jar,
            "--no-compress",
            "-C",
            classes.toString(),
            ".");
    if (failed != 0) {
      throw new AssertionError(classes + " could not be packed");
    }
    return jar;
  }
}
