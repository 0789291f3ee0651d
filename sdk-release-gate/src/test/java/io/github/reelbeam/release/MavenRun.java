package io.github.reelbeam.release;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.shared.invoker.DefaultInvocationRequest;
import org.apache.maven.shared.invoker.DefaultInvoker;
import org.apache.maven.shared.invoker.InvocationRequest;

/** The Maven that builds Reelbeam, started anew on another project. */
final class MavenRun {
  private final InvocationRequest request = new DefaultInvocationRequest();
  private final List<String> output = new ArrayList<>();

  MavenRun(Path folder) {
    request
        .setBaseDirectory(folder.toFile())
        .setBatchMode(true)
        .setNoTransferProgress(true)
        .setJavaHome(Path.of(System.getProperty("java.home")).toFile())
        .setMavenOpts("-XX:TieredStopAtLevel=1")
        .setOutputHandler(output::add)
        .setErrorHandler(output::add)
        // a key to sign with, if there is one, is none of its business
        .setShellEnvironmentInherited(false)
        .addShellEnvironment("PATH", System.getenv("PATH"))
        .addShellEnvironment("HOME", System.getProperty("user.home"));
  }

  MavenRun localRepository(Path folder) {
    request.setLocalRepositoryDirectory(folder.toFile());
    return this;
  }

  MavenRun options(String... options) {
    request.addArgs(List.of(options));
    return this;
  }

  MavenRun goals(String... goals) {
    request.addArgs(List.of(goals));
    return this;
  }

  /** What it says; it has to end well. */
  String succeed() throws Exception {
    int code = run();
    if (code != 0) {
      throw new AssertionError("Maven ended with " + code + ":\n" + String.join("\n", output));
    }
    return String.join("\n", output);
  }

  /** What it says; it has to fail. */
  String fail() throws Exception {
    if (run() == 0) {
      throw new AssertionError("Maven has not failed:\n" + String.join("\n", output));
    }
    return String.join("\n", output);
  }

  private int run() throws Exception {
    return new DefaultInvoker().setMavenHome(Build.MAVEN.toFile()).execute(request).getExitCode();
  }
}
