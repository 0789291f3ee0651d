package io.github.reelbeam.backend;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of AWS resources that end up in requests to STS and in session policies. */
final class Arns {
  /** {@code aws}, {@code aws-cn}, {@code aws-us-gov} and the isolated ones. */
  private static final String PARTITION = "(aws(?:-[a-z]+)*)";

  // An account has 12 digits. Ceph leaves it empty, or has its tenant there.
  private static final Pattern ROLE =
      Pattern.compile(
          "arn:" + PARTITION + ":iam::[A-Za-z0-9_]*:role/([!-~]{1,510}/)?[\\w+=,.@-]{1,64}");
  private static final Pattern KMS_KEY =
      Pattern.compile("arn:" + PARTITION + ":kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]{1,64}");
  private static final int LONGEST_ROLE = 2048;

  private Arns() {}

  /**
   * Finds the partition of a role.
   *
   * @throws IllegalArgumentException if it is not the ARN of a role
   */
  static String partitionOfRole(String arn) {
    Matcher role = ROLE.matcher(arn);
    if (arn.length() > LONGEST_ROLE || !role.matches()) {
      throw new IllegalArgumentException(
          "not the ARN of a role, such as arn:aws:iam::123456789012:role/uploader: " + arn);
    }
    return role.group(1);
  }

  /**
   * Lets the ARN of a KMS key pass. An alias will not do: a policy that names one as its resource
   * allows nothing to be done with the key behind it.
   *
   * @throws IllegalArgumentException if it is none, or one of another partition
   */
  static String checkedKmsKey(String arn, String partition) {
    Matcher key = KMS_KEY.matcher(arn);
    if (!key.matches()) {
      throw new IllegalArgumentException(
          "not the ARN of a KMS key (an alias will not do), such as"
              + " arn:aws:kms:eu-central-1:123456789012:key/1234abcd-...: "
              + arn);
    }
    if (!key.group(1).equals(partition)) {
      throw new IllegalArgumentException(
          "the KMS key is in the partition " + key.group(1) + ", the sessions in " + partition);
    }
    return arn;
  }
}
