package io.github.reelbeam.examples.cli;

import static java.util.Objects.requireNonNull;

import io.github.reelbeam.backend.ObjectKeys;
import io.github.reelbeam.backend.StsCredentials;
import io.github.reelbeam.backend.UploadLimits;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** How grants are made, and for what. */
final class GrantOptions {

  /** One of STS's three ways. */
  static final class Way {
    @Option(
        names = "--role-arn",
        paramLabel = "ARN",
        required = true,
        description = "Assume this role, narrowed to one object per grant.")
    private @Nullable String roleArn;

    @Option(
        names = "--federation",
        required = true,
        description = "Federate the IAM user whose keys these are, narrowed likewise.")
    private boolean federation;

    @Option(
        names = "--session-token",
        required = true,
        description = "Share that user's own rights, which STS cannot narrow.")
    private boolean sessionToken;
  }

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private Way way;

  private @Nullable URI stsEndpoint;

  @Option(
      names = "--external-id",
      paramLabel = "ID",
      description = "What the role's trust policy asks for.")
  private @Nullable String externalId;

  @Option(
      names = "--kms-key",
      paramLabel = "ARN",
      description = "The key with which the bucket encrypts.")
  private @Nullable String kmsKey;

  @Option(
      names = "--session-duration",
      paramLabel = "1h",
      converter = DurationConverter.class,
      description = "How long credentials hold; an hour by default.")
  private Duration sessionDuration = Duration.ofHours(1);

  @Option(
      names = "--renewable-for",
      paramLabel = "7d",
      converter = DurationConverter.class,
      description = "How long they may be renewed; 7 days by default.")
  private Duration renewableFor = Duration.ofDays(7);

  @Option(
      names = "--prefix",
      paramLabel = "uploads/",
      description = "What the keys of all objects begin with.")
  private String prefix = "uploads/";

  @Option(
      names = "--max-size",
      paramLabel = "50GiB",
      converter = ByteSizeConverter.class,
      description = "The largest video; 50GiB by default.")
  private long maxSize = 50L << 30;

  @Option(
      names = "--content-type",
      paramLabel = "video/*",
      description = "What may be uploaded; may be repeated; video/* by default.")
  private List<String> contentTypes = new ArrayList<>();

  @Option(
      names = "--sts-endpoint",
      paramLabel = "URL",
      description = "An STS other than AWS's own.")
  void setStsEndpoint(URI url) {
    this.stsEndpoint = WebUrl.checked("--sts-endpoint", url, command);
  }

  StsClient sts(Region region, AwsCredentialsProvider keys) {
    return StsClient.builder()
        .region(region)
        .credentialsProvider(keys)
        .endpointOverride(stsEndpoint)
        .overrideConfiguration(StoreOptions.PATIENCE)
        .build();
  }

  StsCredentials credentials(StsClient sts) {
    StsCredentials.Builder builder;
    if (way.sessionToken) {
      builder = StsCredentials.sharingUser(sts);
    } else if (way.federation) {
      builder = StsCredentials.federating(sts);
    } else {
      builder = StsCredentials.assumingRole(sts, requireNonNull(way.roleArn));
    }
    if (externalId != null) {
      builder.externalId(externalId);
    }
    if (kmsKey != null) {
      builder.kmsKeyArn(kmsKey);
    }
    return builder.build();
  }

  ObjectKeys keys() {
    return ObjectKeys.withPrefix(prefix);
  }

  UploadLimits limits() {
    UploadLimits limits = UploadLimits.upTo(maxSize);
    return contentTypes.isEmpty() ? limits : limits.contentTypes(contentTypes);
  }

  Duration sessionDuration() {
    return sessionDuration;
  }

  Duration renewableFor() {
    return renewableFor;
  }
}
