package io.github.reelbeam.internal.transfer;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** Where S3 is when a grant names no endpoint. */
public final class AwsEndpoint {
  /** It becomes part of a host name, and must not make it another one. */
  private static final Pattern REGION = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** The ARN of an access point, or the suffix of a directory bucket or an alias. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("arn:.*|.*--[a-z0-9]+-s3", Pattern.DOTALL);

  private AwsEndpoint() {}

  /**
   * Whether what stands in the place of a bucket's name makes the SDK leave the endpoint of the
   * region for another host of AWS.
   */
  public static boolean isElsewhere(String bucket) {
    return ELSEWHERE.matcher(bucket).matches();
  }

  /** Returns the endpoint of a region; empty if its name is none that a region can have. */
  public static Optional<URI> of(String region) {
    return REGION.matcher(region).matches()
        ? Optional.of(
            URI.create(
                "https://s3." + region + "." + PartitionMetadata.of(Region.of(region)).dnsSuffix()))
        : Optional.empty();
  }

  /**
   * The SDK's own rules, without the endpoint that AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or their
   * system properties may name: the SDK would send there what was meant for AWS.
   */
  static S3EndpointProvider provider() {
    S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
    return parameters ->
        rules.resolveEndpoint(parameters.toBuilder().endpoint((String) null).build());
  }
}
