package io.github.reelbeam.internal.transfer;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointParams;
import software.amazon.awssdk.services.s3.endpoints.S3EndpointProvider;

/** Where S3 is when a grant names no endpoint. */
public final class AwsEndpoint {
  /** It becomes part of a host name, and must not make it another one. */
  private static final Pattern REGION = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  /** The ARN of an access point, or the suffix of a directory bucket or an alias. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("arn:.*|.*--[a-z0-9]+-s3", Pattern.DOTALL);

  /** Names that stand for a region and for FIPS at once. */
  private static final Pattern FIPS = Pattern.compile("fips-.*|.*-fips");

  private AwsEndpoint() {}

  /**
   * Whether what stands in the place of a bucket's name makes the SDK leave the endpoint of the
   * region for another host of AWS.
   */
  public static boolean isElsewhere(String bucket) {
    return ELSEWHERE.matcher(bucket).matches();
  }

  /**
   * Returns the endpoint of a region, as {@link #provider()} has it; empty if its name is none that
   * a region can have, or one that the SDK takes for another region with other hosts.
   */
  public static Optional<URI> of(String region) {
    if (!REGION.matcher(region).matches() || FIPS.matcher(region).matches()) {
      return Optional.empty();
    }
    S3EndpointParams parameters =
        S3EndpointParams.builder()
            .region(Region.of(region))
            .useFips(false)
            .useDualStack(false)
            .build();
    return Optional.of(provider().resolveEndpoint(parameters).join().endpointUrl().toUri());
  }

  /**
   * The SDK's own rules, without the endpoint that AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL or their
   * system properties may name: the SDK would send there what was meant for AWS. And always the
   * region's own: for us-east-1 the SDK takes s3.amazonaws.com unless another variable says not to.
   */
  static S3EndpointProvider provider() {
    S3EndpointProvider rules = S3EndpointProvider.defaultProvider();
    return parameters ->
        rules.resolveEndpoint(
            parameters.toBuilder().endpoint((String) null).useGlobalEndpoint(false).build());
  }
}
