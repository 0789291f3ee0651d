package io.github.reelbeam.examples.cli;

import io.github.reelbeam.UploadException;
import io.github.reelbeam.UploadId;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command line: {@code java -jar reelbeam.jar COMMAND}. */
@Command(
    name = "reelbeam",
    description = "Uploads big videos straight to S3 and tells the backend about them.",
    versionProvider = Reelbeam.Version.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UploadCommand.class,
      ResumeCommand.class,
      ListCommand.class,
      DiscardCommand.class,
      BackendCommand.class,
      SetupBucketCommand.class,
      CheckBackendCommand.class,
      DemoCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 done, 1 failed for good, 2 wrong usage, 75 stopped but the same command goes on.",
      "The JVM's system properties for trust stores and proxies are honoured."
    })
public final class Reelbeam {
  private boolean verbose;

  private Reelbeam() {}

  /**
   * Turns on logging, before any logger exists. Only Reelbeam's own goes to debug: what the AWS SDK
   * logs there of the requests it signs holds session tokens.
   */
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log what happens to stderr, and show errors with their stack trace.")
  void setVerbose(boolean on) {
    verbose = on;
    if (on) {
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
      System.setProperty("org.slf4j.simpleLogger.log.io.github.reelbeam", "debug");
    }
  }

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String... arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    Reelbeam reelbeam = new Reelbeam();
    return new CommandLine(reelbeam)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .registerConverter(UploadId.class, Reelbeam::uploadId)
        .setParameterExceptionHandler(Reelbeam::wrongUsage)
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> reelbeam.failed(failure, command));
  }

  private static UploadId uploadId(String text) {
    try {
      return new UploadId(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  // short, as a screenful of options hides the one line that matters
  private static int wrongUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("reelbeam: " + failure.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
      err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    err.flush();
    return ExitCode.USAGE;
  }

  private int failed(Exception failure, CommandLine command) {
    PrintWriter err = command.getErr();
    String message = failure.getMessage();
    err.println("reelbeam: " + (message == null ? failure.toString() : message));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return failure instanceof UploadException known ? ExitCode.of(known) : ExitCode.FAILED;
  }

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Reelbeam.class.getPackage().getImplementationVersion();
      return new String[] {
        "reelbeam " + (version == null ? "(not from a jar)" : version),
        "Java ${java.version} (${java.vendor}), ${os.name} ${os.arch}"
      };
    }
  }
}
