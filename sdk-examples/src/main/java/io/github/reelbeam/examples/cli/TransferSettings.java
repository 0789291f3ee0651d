package io.github.reelbeam.examples.cli;

import io.github.reelbeam.RetryPolicy;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.TransferOptions.ChecksumMode;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How the bytes go to S3. What is not given is as {@link TransferOptions#defaults()} has it. */
final class TransferSettings {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @Option(
      names = "--part-size",
      paramLabel = "8MiB",
      converter = ByteSizeConverter.class,
      description = "Bytes in a part, 5MiB to 5GiB; a file of one part goes as a whole.")
  private @Nullable Long partSize;

  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parts on their way at once, 1 to 256; 8 by default.")
  private @Nullable Integer parallelism;

  @Option(
      names = "--limit-rate",
      paramLabel = "20MiB",
      converter = ByteSizeConverter.class,
      description = "Bytes per second at most; no limit by default.")
  private @Nullable Long limitRate;

  @Option(
      names = "--checksum",
      paramLabel = "crc32|none",
      description = "What guards the bytes; 'none' for stores that refuse checksums.")
  private @Nullable ChecksumMode checksum;

  @Option(
      names = "--give-up",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "How long to wait in one stretch while offline, like 30s, 10m, 2h; a day by default.")
  private @Nullable Duration giveUp;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The S3 endpoint, whatever the backend says.")
  private @Nullable URI endpoint;

  @Option(
      names = "--path-style",
      negatable = true,
      description = "Put the bucket into the path, whatever the backend says.")
  private @Nullable Boolean pathStyle;

  TransferOptions options() {
    TransferOptions.Builder builder = TransferOptions.builder();
    try {
      if (partSize != null) {
        builder.partSize(partSize);
      }
      if (parallelism != null) {
        builder.parallelism(parallelism);
      }
      if (limitRate != null) {
        builder.rateLimit(limitRate);
      }
      if (checksum != null) {
        builder.checksum(checksum);
      }
      if (giveUp != null) {
        builder.retryPolicy(RetryPolicy.defaults().toBuilder().giveUpAfter(giveUp).build());
      }
      if (endpoint != null) {
        builder.endpoint(endpoint);
      }
      if (pathStyle != null) {
        builder.pathStyleAccess(pathStyle);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    return builder.build();
  }
}
