package io.github.reelbeam.release;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Apps outside of Reelbeam's build, one for each published jar, which they depend on as the README
 * says. Reelbeam comes from where the build has staged it, and from nowhere else: Maven has a local
 * repository of its own here.
 */
final class OutsideProject {
  private static @Nullable OutsideProject built;

  private final Path folder = Build.WORK;
  private final String log;

  private OutsideProject() throws Exception {
    Readme readme = new Readme();
    // ends Maven's search for the root of the project, which would find Reelbeam's
    Files.createDirectories(folder.resolve(".mvn"));
    StringBuilder modules = new StringBuilder();
    for (Published jar : Published.jars()) {
      Path module = Files.createDirectories(folder.resolve(jar.artifact()));
      String dependencies = readme.dependencies().replace("reelbeam-core", jar.artifact());
      Map<String, String> values =
          Map.of(
              "artifact", jar.artifact(),
              "readme", dependencies,
              "staged", Build.REPOSITORY.toUri().toString(),
              "fetched", Build.LOCAL_REPOSITORY.toUri().toString());
      write(module.resolve("pom.xml"), "pom.xml", values);
      modules.append("<module>").append(jar.artifact()).append("</module>");
    }
    write(
        Files.createDirectories(app().resolve("src/main/java/com/example")).resolve("App.java"),
        "App.java.txt",
        Map.of("snippet", readme.example()));
    Files.writeString(
        folder.resolve("pom.xml"),
        "<project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId>"
            + "<artifactId>apps</artifactId><version>1</version><packaging>pom</packaging>"
            + ("<modules>" + modules + "</modules></project>"));
    Files.createDirectories(localRepository());
    log = new MavenRun(folder).localRepository(localRepository()).goals("compile").succeed();
  }

  /** Built by the first that asks. */
  static synchronized OutsideProject built() throws Exception {
    if (built == null) {
      built = new OutsideProject();
    }
    return built;
  }

  private static void write(Path file, String template, Map<String, String> values)
      throws IOException {
    try (InputStream in = OutsideProject.class.getResourceAsStream("/outside/" + template)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (Map.Entry<String, String> value : values.entrySet()) {
        text = text.replace("@" + value.getKey() + "@", value.getValue());
      }
      Files.writeString(file, text);
    }
  }

  String log() {
    return log;
  }

  Path localRepository() {
    return folder.resolve("local-repository");
  }

  /** The one with the README's example in it. */
  private Path app() {
    return folder.resolve("reelbeam-core");
  }

  /** What comes with a jar, itself included, as group:artifact:version. */
  Set<String> artifacts(Published jar) throws IOException {
    Set<String> artifacts = new TreeSet<>();
    for (String line :
        Files.readAllLines(folder.resolve(jar.artifact()).resolve("target/artifacts.txt"))) {
      // group:artifact:type:version:scope, and the module's name behind it
      String[] parts = line.strip().split(" ", 2)[0].split(":", -1);
      if (parts.length == 5) {
        artifacts.add(parts[0] + ":" + parts[1] + ":" + parts[3]);
      }
    }
    return artifacts;
  }

  /** The jars that the app runs with, without its own classes. */
  List<Path> classPath() throws IOException {
    String path = Files.readString(app().resolve("target/class-path.txt")).strip();
    List<Path> jars = new ArrayList<>();
    for (String jar : path.split(File.pathSeparator, -1)) {
      jars.add(Path.of(jar));
    }
    return jars;
  }

  /** Runs the app in a JVM of its own, and gives the last line it prints. */
  String run(String... arguments) throws Exception {
    String classPath =
        app().resolve("target/classes")
            + File.pathSeparator
            + classPath().stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath, "com.example.App"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output;
    try (InputStream in = process.getInputStream()) {
      output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (process.waitFor() != 0) {
      throw new AssertionError(output);
    }
    List<String> lines = output.strip().lines().toList();
    return lines.get(lines.size() - 1);
  }
}
