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
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Which bucket, and where. The keys come from where every AWS program takes them. */
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
      paramLabel = "B",
      required = true,
      description = {
        "The bucket. AWS's default chain gives the keys for it:",
        "the environment, a profile, or the machine's role."
      })
  @SuppressWarnings("NullAway.Init") // picocli fills it
  private String bucket;

  @Option(
      names = "--region",
      paramLabel = "R",
      description = "The bucket's region; AWS_REGION or the profile's by default.")
  private @Nullable String region;

  private @Nullable URI s3Endpoint;

  @Option(names = "--path-style", description = "Put the bucket into the path, not into the host.")
  private boolean pathStyle;

  @Option(
      names = "--s3-endpoint",
      paramLabel = "URL",
      description = "A store other than AWS's own.")
  void setS3Endpoint(URI url) {
    this.s3Endpoint = webUrl("--s3-endpoint", url, command);
  }

  static URI webUrl(String option, URI url, CommandSpec command) {
    boolean web =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!web || url.getHost() == null) {
      throw new ParameterException(
          command.commandLine(),
          option + " is an http or https URL with a host, not '" + url + "'");
    }
    return url;
  }

  String bucket() {
    return bucket;
  }

  boolean pathStyle() {
    return pathStyle;
  }

  @Nullable URI s3Endpoint() {
    return s3Endpoint;
  }

  Region region() {
    if (region != null) {
      return Region.of(region);
    }
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException e) {
      throw new ParameterException(
          command.commandLine(), "Missing option: '--region=R', and AWS_REGION is not set", e);
    }
  }

  /**
   * The keys of AWS's default chain.
   *
   * @throws IllegalStateException if there are none: better now than at the first request
   */
  DefaultCredentialsProvider ownKeys() {
    DefaultCredentialsProvider keys = DefaultCredentialsProvider.builder().build();
    try {
      keys.resolveCredentials();
    } catch (SdkClientException e) {
      keys.close();
      throw new IllegalStateException(
          "there are no AWS keys: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE",
          e);
    }
    return keys;
  }

  S3Client s3(AwsCredentialsProvider keys) {
    return S3Client.builder()
        .region(region())
        .credentialsProvider(keys)
        .endpointOverride(s3Endpoint)
        .forcePathStyle(pathStyle)
        .overrideConfiguration(PATIENCE)
        .build();
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
