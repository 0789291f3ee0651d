package io.github.reelbeam.examples.cli;

import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.examples.conformance.BackendCheck;
import io.github.reelbeam.examples.conformance.Finding;
import io.github.reelbeam.examples.conformance.Outcome;
import io.github.reelbeam.examples.conformance.Report;
import io.github.reelbeam.examples.conformance.Target;
import io.github.reelbeam.testservers.DemoVideo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a backend, in whatever language it is written, against the wire contract. */
@Command(
    name = "check-backend",
    description = {
      "Check a backend against the wire contract: grants, uploads, renewals, notifications,",
      "and what has to be refused. Two small videos are left in its bucket.",
      "Ends with 1 if the backend breaks the contract; advice alone does no harm."
    })
final class CheckBackendCommand implements Callable<Integer> {
  private static final long MIB = 1L << 20;
  private static final long MAX_SIZE = 1L << 30;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @Parameters(paramLabel = "URL", description = "The backend: the base that paths are added to.")
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private URI url;

  @Option(
      names = "--token",
      paramLabel = "T",
      description = {
        "What the backend knows you by, sent as a bearer token.",
        "Better in the environment, as " + BackendOptions.TOKEN_VARIABLE + "."
      })
  private @Nullable String token;

  @Option(
      names = "--other-token",
      paramLabel = "T",
      description = "The token of another user, to see that users cannot get at each other's.")
  private @Nullable String otherToken;

  @Option(names = "--uploads-path", paramLabel = "PATH", description = "Default: ${DEFAULT-VALUE}")
  private String uploadsPath = Target.Paths.standard().uploads();

  @Option(names = "--renewals-path", paramLabel = "PATH", description = "Default: ${DEFAULT-VALUE}")
  private String renewalsPath = Target.Paths.standard().renewals();

  @Option(names = "--video-path", paramLabel = "PATH", description = "Default: ${DEFAULT-VALUE}")
  private String videoPath = Target.Paths.standard().video();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A video of your own to upload, of more than 5MiB; else one is made.")
  private @Nullable Path file;

  @Option(
      names = "--size",
      paramLabel = "6MiB",
      converter = ByteSizeConverter.class,
      description = "How large the video made on the spot is to be, about.")
  private long size = 6 * MIB;

  @Option(
      names = "--content-type",
      paramLabel = "T",
      description = "The video's media type; video/mp4 by default.")
  private String contentType = "video/mp4";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long to wait for an answer, like 30s; 30s by default.")
  private Duration timeout = Duration.ofSeconds(30);

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkUsage();
    if (file != null) {
      return check(file);
    }
    Path made = Files.createTempFile("reelbeam-check-", ".mp4");
    try {
      DemoVideo.write(made, size);
      return check(made);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private void checkUsage() {
    boolean web =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!web || HttpUrl.parse(url.toString()) == null) {
      throw wrong("URL is an http or https URL with a host, not '" + url + "'");
    }
    // the video made is met to within 80 KB, and has to have two parts
    if (file == null && (size < TransferOptions.MIN_PART_SIZE + MIB / 2 || size > MAX_SIZE)) {
      throw wrong("--size goes from 5.5MiB to 1GiB, so that the video has two parts");
    }
    if (file != null && !Files.isRegularFile(file)) {
      throw wrong("--file is no file: " + file);
    }
  }

  private int check(Path video) throws IOException, InterruptedException {
    if (Files.size(video) <= TransferOptions.MIN_PART_SIZE) {
      throw wrong("--file needs more than 5MiB, so that it has two parts");
    }
    Target target =
        new Target(
            url,
            new Target.Paths(uploadsPath, renewalsPath, videoPath),
            given(token != null ? token : System.getenv(BackendOptions.TOKEN_VARIABLE)),
            given(otherToken),
            video,
            contentType,
            timeout);
    Report report = BackendCheck.run(target, this::show);
    summarise(report);
    return report.conforms() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private void show(Finding finding) {
    if (output.isJson()) {
      output
          .jsonLines()
          .line()
          .with("check", finding.id())
          .with("outcome", finding.outcome())
          .with("expects", finding.expects())
          .with("sent", finding.verdict().sent())
          .with("came", finding.verdict().came())
          .with("change", finding.verdict().change())
          .with("why", finding.why())
          .write();
      return;
    }
    output.say(
        String.format(
            Locale.ROOT, "%-7s  %s: %s", finding.outcome(), finding.id(), finding.expects()));
    if (finding.outcome() == Outcome.SKIPPED) {
      output.say("           " + finding.verdict().came());
    } else if (finding.outcome() != Outcome.PASS) {
      output.say("           sent    " + finding.verdict().sent());
      output.say("           came    " + finding.verdict().came());
      output.say("           why     " + finding.why());
      output.say("           change  " + finding.verdict().change());
    }
  }

  private void summarise(Report report) {
    if (output.isJson()) {
      output
          .jsonLines()
          .line()
          .with("conforms", report.conforms())
          .with("passed", report.count(Outcome.PASS))
          .with("failed", report.count(Outcome.FAIL))
          .with("advice", report.count(Outcome.ADVICE))
          .with("skipped", report.count(Outcome.SKIPPED))
          .with("leftBehind", report.leftBehind())
          .write();
      return;
    }
    output.say("");
    report.leftBehind().forEach(left -> output.say("Left behind: " + left + "."));
    output.say(
        String.format(
            Locale.ROOT,
            "%d checks: %d passed, %d failed, %d with advice, %d skipped.",
            report.findings().size(),
            report.count(Outcome.PASS),
            report.count(Outcome.FAIL),
            report.count(Outcome.ADVICE),
            report.count(Outcome.SKIPPED)));
    output.say(
        report.conforms()
            ? "The backend keeps to the contract."
            : "The backend breaks the contract.");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
