package io.github.reelbeam.examples.cli;

import io.github.reelbeam.backend.BucketChanges;
import io.github.reelbeam.backend.BucketSetup;
import io.github.reelbeam.backend.BucketSetupException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/** Gets a bucket ready for uploads: once, or at each deployment. */
@Command(
    name = "setup-bucket",
    description = {
      "Get a bucket ready: CORS for the app's pages, and a lifecycle rule for unfinished uploads.",
      "Rules that are there already are kept. The keys come from the AWS default chain."
    })
final class SetupBucketCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @Mixin private final StoreOptions store = new StoreOptions();

  @Option(
      names = "--origin",
      paramLabel = "O",
      description = {
        "An origin whose pages may upload and play, like https://app.example.com; may be repeated.",
        "'*' is every page there is."
      })
  private List<String> origins = new ArrayList<>();

  @Option(names = "--no-cors", description = "Leave CORS alone; no --origin is needed then.")
  private boolean withoutCors;

  @Option(
      names = "--abort-after",
      paramLabel = "7d",
      converter = DurationConverter.class,
      description = "When S3 aborts unfinished uploads, in whole days; 7d by default.")
  private Duration abortAfter = Duration.ofDays(7);

  @Option(
      names = "--prefix",
      paramLabel = "uploads/",
      description = "Abort only uploads to keys that start like this; all by default.")
  private String prefix = "";

  @Option(names = "--no-lifecycle", description = "Leave the lifecycle configuration alone.")
  private boolean withoutLifecycle;

  @Option(
      names = "--rule-id",
      paramLabel = "ID",
      description = {
        "The ID by which the rules are known again; reelbeam-uploads by default.",
        "One for each app that has uploads in the same bucket."
      })
  private String ruleId = "reelbeam-uploads";

  @Option(names = "--dry-run", description = "Only say what would change.")
  private boolean dryRun;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    try (DefaultCredentialsProvider ownKeys = StoreOptions.ownKeys();
        S3Client s3 = store.s3(ownKeys)) {
      BucketSetup setup = setup(s3);
      StoreOptions.requireKeys(ownKeys);
      return report(dryRun ? setup.plan() : setup.apply());
    } catch (BucketSetupException e) {
      return failed(e);
    }
  }

  private BucketSetup setup(S3Client s3) {
    if (!withoutCors && origins.isEmpty()) {
      throw wrong("Missing required option: '--origin=O', or --no-cors");
    }
    try {
      BucketSetup.Builder builder =
          BucketSetup.builder(s3, store.bucket())
              .ruleId(ruleId)
              .allowedOrigins(origins)
              .prefix(prefix)
              .abortUnfinishedAfter(abortAfter);
      if (withoutCors) {
        builder.withoutCors();
      }
      if (withoutLifecycle) {
        builder.withoutLifecycle();
      }
      return builder.build();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private int report(BucketChanges changes) {
    String verb = dryRun ? "would change: " : "changed: ";
    changes.changes().forEach(change -> output.say(verb + change));
    if (changes.isEmpty()) {
      output.say("bucket " + store.bucket() + " is as wanted, nothing to change");
    }
    changes.warnings().forEach(warning -> output.complain("warning: " + warning));
    if (output.isJson()) {
      output
          .jsonLines()
          .line()
          .with("event", "bucketSetUp")
          .with("bucket", store.bucket())
          .with("dryRun", dryRun)
          .with("changes", changes.changes())
          .with("warnings", changes.warnings())
          .write();
    }
    return ExitCode.DONE;
  }

  private int failed(BucketSetupException failure) {
    if (output.isJson()) {
      output
          .jsonLines()
          .line()
          .with("event", "failed")
          .with("bucket", store.bucket())
          .with("error", failure.getMessage())
          .with("resumable", failure.isTransient())
          .with("changes", failure.changed())
          .write();
    }
    output.complain(String.valueOf(failure.getMessage()));
    return failure.isTransient() ? ExitCode.RESUMABLE : ExitCode.FAILED;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
