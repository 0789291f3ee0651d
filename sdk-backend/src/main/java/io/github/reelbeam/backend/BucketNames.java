package io.github.reelbeam.backend;

import java.util.List;
import java.util.regex.Pattern;

/**
 * S3's rules for the names of general purpose buckets. What else can stand in a bucket's place
 * (access points, directory buckets) has ARNs of another kind: a session policy that is written for
 * a bucket would not open it.
 */
final class BucketNames {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final List<String> RESERVED_STARTS = List.of("xn--", "sthree-", "amzn-s3-demo-");
  private static final List<String> RESERVED_ENDS =
      List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

  private BucketNames() {}

  /**
   * Lets a bucket's name pass.
   *
   * @throws IllegalArgumentException if no general purpose bucket can have it
   */
  static String checked(String name) {
    if (!NAME.matcher(name).matches()
        || name.contains("..")
        || IP_ADDRESS.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a bucket's name has 3 to 63 lower case letters, digits, hyphens and single dots, with a"
              + " letter or a digit at both ends, and is no IP address; unlike "
              + name);
    }
    if (RESERVED_STARTS.stream().anyMatch(name::startsWith)
        || RESERVED_ENDS.stream().anyMatch(name::endsWith)) {
      throw new IllegalArgumentException(
          "not the name of a general purpose bucket, but one that S3 reserves: " + name);
    }
    return name;
  }
}
