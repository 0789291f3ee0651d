package io.github.reelbeam.it;

import java.util.UUID;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A new role on a store such as Ceph, whose IAM answers where its STS does. It may do all that S3
 * has, and trusts the backend's user but not its own sessions. Deleted at the end.
 */
final class OwnedRole implements AutoCloseable {
  // without spaces: the SDK sends them as +, which Ceph 16 takes for a plus
  private static final String POLICY =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Action":["s3:*"],"Resource":["arn:aws:s3:::*"]}]}"""
          .replaceAll("\\s", "");
  private static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[
        {"Effect":"Allow","Principal":{"AWS":["arn:aws:iam:::user/%s"]},"Action":["sts:AssumeRole"]},
        {"Effect":"Deny","Principal":{"AWS":["%s"]},"Action":["sts:AssumeRole"]}]}"""
          .replaceAll("\\s", "");

  private final String name = "reelbeam-it-" + UUID.randomUUID();
  private final IamClient iam;

  private OwnedRole(IamClient iam, String user) {
    this.iam = iam;
    iam.createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST.formatted(user, arn())));
    iam.putRolePolicy(r -> r.roleName(name).policyName("all").policyDocument(POLICY));
  }

  static OwnedRole in(RealStore store) {
    String user;
    try (S3Client s3 = store.s3()) {
      user = s3.listBuckets().owner().id();
    }
    return new OwnedRole(
        IamClient.builder()
            .endpointOverride(store.stsEndpoint())
            .region(Region.of(store.region()))
            .credentialsProvider(store.ownKeysProvider())
            .build(),
        user);
  }

  String arn() {
    return "arn:aws:iam:::role/" + name;
  }

  @Override
  public void close() {
    try (iam) {
      iam.deleteRolePolicy(r -> r.roleName(name).policyName("all"));
      iam.deleteRole(r -> r.roleName(name));
    }
  }
}
