package io.github.reelbeam.benchmarks.harness;

import io.github.reelbeam.benchmarks.contestants.ContestantProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Knows the command line of a contestant's JVM: the same for all but for the class path. */
final class Launcher {
  private static final String JAR = "reelbeam-benchmarks.jar";

  private final Settings settings;
  private final StoreProcess store;

  Launcher(Settings settings, StoreProcess store) {
    this.settings = settings;
    this.store = store;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Without what the environment of this machine would have clients do. */
  static ProcessBuilder process(List<String> command) {
    ProcessBuilder process = new ProcessBuilder(command);
    process
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("AWS_")
                    || name.startsWith("SSL_CERT_")
                    || name.equals("JAVA_TOOL_OPTIONS")
                    || name.equals("JDK_JAVA_OPTIONS"));
    return process;
  }

  /**
   * @param options besides those of the settings and of the entrant
   * @param arguments after the class, the store's address and the scratch folder
   */
  List<String> command(Entrant entrant, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(settings.jvmOptions());
    command.addAll(entrant.jvmOptions());
    command.addAll(options);
    command.add("-Djavax.net.ssl.trustStore=" + store.trustStore());
    command.add("-cp");
    command.add(
        settings.target().resolve(JAR)
            + ":"
            + Files.readString(
                    settings
                        .target()
                        .resolve("class-paths")
                        .resolve(entrant.rival().classPathFile()))
                .strip());
    command.add(ContestantProcess.class.getName());
    command.add(entrant.rival().className());
    command.add(store.uri().toString());
    command.add(settings.scratch().toString());
    command.addAll(arguments);
    return command;
  }

  /** Where an entrant's process writes what it has to say. */
  Path log(Entrant entrant) {
    return settings.scratch().resolve(entrant.title().replaceAll("[^A-Za-z0-9]+", "-") + ".log");
  }
}
