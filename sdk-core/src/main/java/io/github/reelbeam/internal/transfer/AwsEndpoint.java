package io.github.reelbeam.internal.transfer;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Where S3 is when a grant names no endpoint. */
public final class AwsEndpoint {
  /** It becomes part of a host name, and must not make it another one. */
  private static final Pattern REGION = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

  private AwsEndpoint() {}

  /** Returns the endpoint of a region; empty if its name is none that a region can have. */
  public static Optional<URI> of(String region) {
    return REGION.matcher(region).matches()
        ? Optional.of(
            URI.create(
                "https://s3." + region + "." + PartitionMetadata.of(Region.of(region)).dnsSuffix()))
        : Optional.empty();
  }
}
