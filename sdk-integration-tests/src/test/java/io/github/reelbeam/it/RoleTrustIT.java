package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.reelbeam.backend.IssuedGrant;
import io.github.reelbeam.backend.StsCredentials;
import io.github.reelbeam.backend.TemporaryCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Ceph looks at nothing but the trust policy when a role is assumed, and takes a session for the
 * user who made it: without a word against it, the session of a grant assumes its role once more,
 * this time without a session policy (seen with 16.2.15). A trust policy that denies the role to
 * itself stops that. AWS does not need it, as the session policy allows nothing of STS.
 */
@Tag("real-store")
@DisabledIf("io.github.reelbeam.it.RealStore#isAws")
class RoleTrustIT {
  private final RealStore store = RealStore.fromEnvironment();
  private OwnedBucket bucket;
  private OwnedRole role;
  private StsClient sts;
  private IssuedGrant grant;

  @BeforeEach
  void grant() {
    role = OwnedRole.in(store);
    bucket = OwnedBucket.in(store);
    sts = store.sts();
    grant =
        Grants.builder(store, bucket.name(), StsCredentials.assumingRole(sts, role.arn()).build())
            .build()
            .issue("ada", Grants.VIDEO);
  }

  @AfterEach
  void clean() {
    sts.close();
    role.close();
    bucket.close();
  }

  @Test
  void aGrantCannotWidenItselfWhereTheRoleDoesNotTrustItself() {
    TemporaryCredentials keys = grant.credentials();
    AwsSessionCredentials session =
        AwsSessionCredentials.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
    assertThatExceptionOfType(StsException.class)
        .isThrownBy(
            () ->
                sts.assumeRole(
                    r ->
                        r.roleArn(role.arn())
                            .roleSessionName("wider")
                            .overrideConfiguration(
                                o ->
                                    o.credentialsProvider(
                                        StaticCredentialsProvider.create(session)))))
        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
  }

  @Test
  void theBackendGoesOnAssumingIt() {
    TemporaryCredentials keys = grant.credentials();
    try (S3Client client =
        store.s3(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken())) {
      client.putObject(
          r -> r.bucket(bucket.name()).key(grant.key()), RequestBody.fromString("video"));
    }
    assertThat(bucket.content(grant.key())).isEqualTo("video");
  }
}
