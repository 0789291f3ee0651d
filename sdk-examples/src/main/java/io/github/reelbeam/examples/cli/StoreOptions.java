package io.github.reelbeam.examples.cli;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Which bucket at which store. The keys come from the AWS default chain: environment, profile, web
 * identity, container or machine role. They are never taken from the command line, which others can
 * see.
 */
final class StoreOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @Option(names = "--bucket", required = true, paramLabel = "B", description = "The bucket.")
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private String bucket;

  @Option(
      names = "--region",
      paramLabel = "R",
      description = {
        "The bucket's region, like eu-central-1.",
        "By default the one that AWS_REGION or the profile names."
      })
  private @Nullable String region;

  @Option(
      names = "--path-style",
      description = "Put the bucket into the path, not the host name; most other stores want it.")
  private boolean pathStyle;

  private @Nullable URI endpoint;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "The endpoint of a store other than AWS.")
  void setEndpoint(URI url) {
    boolean web =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!web || url.getHost() == null) {
      throw wrong("--s3-endpoint is an http or https URL with a host, not '" + url + "'");
    }
    this.endpoint = url;
  }

  String bucket() {
    return bucket;
  }

  /** The endpoint; empty for AWS itself. */
  Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  boolean pathStyle() {
    return pathStyle;
  }

  Region region() {
    if (region != null) {
      return Region.of(region);
    }
    try {
      return regionOfTheSurroundings().getRegion();
    } catch (SdkClientException none) {
      if (endpoint != null) {
        // a store that is not AWS has to be signed for with some region, and this is the usual one
        return Region.US_EAST_1;
      }
      throw wrong(
          "Missing required option: '--region=R', as neither AWS_REGION nor a profile is" + " set");
    }
  }

  /** The machine is asked for its region, over the network, only if the store is AWS. */
  private AwsRegionProvider regionOfTheSurroundings() {
    return endpoint == null
        ? new DefaultAwsRegionProviderChain()
        : new AwsRegionProviderChain(
            new SystemSettingsRegionProvider(), new AwsProfileRegionProvider());
  }

  /** A client to close when done. */
  S3Client s3() {
    S3ClientBuilder builder = S3Client.builder().region(region()).forcePathStyle(pathStyle);
    if (endpoint != null) {
      builder
          .endpointOverride(endpoint)
          // trailers with checksums are refused by stores such as Ceph
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
    return builder.build();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
