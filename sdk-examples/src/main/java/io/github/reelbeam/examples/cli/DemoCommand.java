package io.github.reelbeam.examples.cli;

import io.github.reelbeam.examples.demo.Demo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Shows the whole flow with everything embedded. It names no class of the embedded servers, so that
 * they are loaded for this command only.
 */
@Command(
    name = "demo",
    description = {
      "Show the whole flow with nothing to set up: an embedded S3 and backend,",
      "a video made on the spot (or FILE), an upload, a notification, a check."
    })
final class DemoCommand implements Callable<Integer> {
  // so small a video has no second part, so large a one takes the disk by surprise
  private static final long MIN_SIZE = 1L << 20;
  private static final long MAX_SIZE = 8L << 30;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "A video of your own.")
  private @Nullable Path file;

  @Option(
      names = "--size",
      paramLabel = "64MiB",
      converter = ByteSizeConverter.class,
      description = "How large the video made on the spot is to be, about.")
  private long size = 64L << 20;

  @Option(names = "--keep-running", description = "Keep the page with the video up until Ctrl-C.")
  private boolean keepRunning;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (size < MIN_SIZE || size > MAX_SIZE) {
      throw new ParameterException(
          command.commandLine(), "--size goes from 1MiB to 8GiB for the demo");
    }
    Demo demo = new Demo(command.commandLine().getOut(), size, keepRunning);
    demo.run(file);
    return ExitCode.DONE;
  }
}
