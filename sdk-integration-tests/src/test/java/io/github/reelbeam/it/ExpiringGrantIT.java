package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.backend.IssuedGrant;
import io.github.reelbeam.backend.RequestRefusedException;
import io.github.reelbeam.backend.StsCredentials;
import io.github.reelbeam.backend.TemporaryCredentials;
import io.github.reelbeam.backend.UploadGrantIssuer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Sessions of seconds, which only stores other than AWS give: they end, and a renewal goes on with
 * the same key.
 */
@Tag("real-store")
@DisabledIf("io.github.reelbeam.it.RealStore#isAws")
class ExpiringGrantIT {
  private static final Duration SESSION = Duration.ofSeconds(3);

  private final RealStore store = RealStore.fromEnvironment();
  private OwnedBucket bucket;
  private StsClient sts;
  private UploadGrantIssuer issuer;

  @BeforeEach
  void issuer() {
    bucket = OwnedBucket.in(store);
    sts = store.sts();
    issuer =
        Grants.builder(
                store, bucket.name(), StsCredentials.assumingRole(sts, store.roleArn()).build())
            .sessionDuration(SESSION)
            .build();
  }

  @AfterEach
  void clean() {
    sts.close();
    bucket.close();
  }

  @Test
  void goesOnWithTheSameKeyAndPartsAfterARenewal() {
    IssuedGrant grant = issuer.issue("ada", Grants.VIDEO);
    String upload;
    String eTag;
    try (S3Client client = client(grant)) {
      upload =
          client.createMultipartUpload(r -> r.bucket(bucket.name()).key(grant.key())).uploadId();
      eTag = part(client, grant.key(), upload);
      awaitExpiry(client, grant.key(), upload);
    }
    IssuedGrant renewed = issuer.renew("ada", grant.key(), grant.renewalToken());
    assertThat(renewed.key()).isEqualTo(grant.key());
    assertThat(renewed.credentials()).isNotEqualTo(grant.credentials());
    try (S3Client client = client(renewed)) {
      client.completeMultipartUpload(
          r ->
              r.bucket(bucket.name())
                  .key(grant.key())
                  .uploadId(upload)
                  .multipartUpload(m -> m.parts(OwnedBucket.onlyPart(eTag))));
    }
    assertThat(bucket.content(grant.key())).isEqualTo("video");
  }

  @Test
  void isRenewedForNobodyElseAndForNoOtherKey() {
    IssuedGrant adas = issuer.issue("ada", Grants.VIDEO);
    IssuedGrant bobs = issuer.issue("bob", Grants.VIDEO);
    assertRefused("bob", adas.key(), adas.renewalToken());
    assertRefused("bob", adas.key(), bobs.renewalToken());
    assertRefused("ada", bobs.key(), adas.renewalToken());
  }

  private void assertRefused(String subject, String key, String token) {
    assertThatExceptionOfType(RequestRefusedException.class)
        .isThrownBy(() -> issuer.renew(subject, key, token))
        .satisfies(e -> assertThat(e.code()).isEqualTo("renewal_refused"));
  }

  private void awaitExpiry(S3Client client, String key, String upload) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              S3Exception refusal =
                  catchThrowableOfType(S3Exception.class, () -> part(client, key, upload));
              assertThat(refusal).isNotNull();
              assertThat(refusal.statusCode()).isEqualTo(403);
            });
  }

  private String part(S3Client client, String key, String upload) {
    return client
        .uploadPart(
            r -> r.bucket(bucket.name()).key(key).uploadId(upload).partNumber(1),
            RequestBody.fromString("video"))
        .eTag();
  }

  private S3Client client(IssuedGrant grant) {
    TemporaryCredentials keys = grant.credentials();
    return store.s3(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }
}
