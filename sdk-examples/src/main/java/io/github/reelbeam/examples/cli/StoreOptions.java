package io.github.reelbeam.examples.cli;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Which bucket at which store. The keys come from the AWS default chain: environment, profile, web
 * identity, container or machine role. They are never taken from the command line, which others can
 * see.
 */
final class StoreOptions {
  /** Both for S3 and STS: somebody waits for the answer, and would rather ask again. */
  static final ClientOverrideConfiguration PATIENCE =
      ClientOverrideConfiguration.builder()
          .apiCallAttemptTimeout(Duration.ofSeconds(10))
          .apiCallTimeout(Duration.ofSeconds(25))
          .build();

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private CommandSpec command;

  @Option(
      names = "--bucket",
      required = true,
      paramLabel = "B",
      description = {
        "The bucket. AWS's default chain gives the keys for it:",
        "the environment, a profile, or the machine's role."
      })
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

  private @Nullable URI s3Endpoint;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "The endpoint of a store other than AWS.")
  void setS3Endpoint(URI url) {
    this.s3Endpoint = WebUrl.checked("--s3-endpoint", url, command);
  }

  String bucket() {
    return bucket;
  }

  boolean pathStyle() {
    return pathStyle;
  }

  /** The endpoint; null for AWS itself. */
  @Nullable URI s3Endpoint() {
    return s3Endpoint;
  }

  Region region() {
    if (region != null) {
      return Region.of(region);
    }
    try {
      return regionOfTheSurroundings().getRegion();
    } catch (SdkClientException none) {
      if (s3Endpoint != null) {
        // a store that is not AWS has to be signed for with some region, and this is the usual one
        return Region.US_EAST_1;
      }
      throw new ParameterException(
          command.commandLine(),
          "Missing required option: '--region=R', as neither AWS_REGION nor a profile is set");
    }
  }

  /** The machine is asked for its region, over the network, only if the store is AWS. */
  private AwsRegionProvider regionOfTheSurroundings() {
    return s3Endpoint == null
        ? new DefaultAwsRegionProviderChain()
        : new AwsRegionProviderChain(
            new SystemSettingsRegionProvider(), new AwsProfileRegionProvider());
  }

  /** The keys of AWS's default chain, which are not looked for yet; to close when done. */
  static DefaultCredentialsProvider ownKeys() {
    return DefaultCredentialsProvider.builder().build();
  }

  /**
   * Looks for the keys.
   *
   * @throws IllegalStateException if there are none: better now than at the first request
   */
  static void requireKeys(AwsCredentialsProvider keys) {
    try {
      keys.resolveCredentials();
    } catch (SdkClientException e) {
      throw new IllegalStateException(
          "there are no AWS keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
          e);
    }
  }

  /** A client to close when done. */
  S3Client s3(AwsCredentialsProvider keys) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(region())
            .credentialsProvider(keys)
            .forcePathStyle(pathStyle)
            .overrideConfiguration(PATIENCE);
    if (s3Endpoint != null) {
      builder
          .endpointOverride(s3Endpoint)
          // trailers with checksums are refused by stores such as Ceph
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
    return builder.build();
  }

  /** For URLs that others open, who may reach the store under another name. */
  S3Presigner.Builder presigner(AwsCredentialsProvider keys, @Nullable URI publicEndpoint) {
    return S3Presigner.builder()
        .region(region())
        .credentialsProvider(keys)
        .endpointOverride(publicEndpoint)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(pathStyle).build());
  }
}
