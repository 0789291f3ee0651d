package io.github.reelbeam.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.backend.IssuedGrant;
import io.github.reelbeam.backend.StsCredentials;
import io.github.reelbeam.backend.TemporaryCredentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** Sessions of a user (GetSessionToken): they work, and they open all that the user may do. */
@Tag("real-store")
class SessionTokenGrantIT {
  private final RealStore store = RealStore.fromEnvironment();
  private OwnedBucket bucket;
  private IssuedGrant grant;
  private S3Client client;

  @BeforeEach
  void grant() {
    bucket = OwnedBucket.in(store);
    try (StsClient sts = store.sts()) {
      grant =
          Grants.builder(store, bucket.name(), StsCredentials.sharingUser(sts).build())
              .build()
              .issue("ada", Grants.VIDEO);
    }
    TemporaryCredentials keys = grant.credentials();
    client = store.s3(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }

  @AfterEach
  void clean() {
    client.close();
    bucket.close();
  }

  @Test
  void putsItsOwnKey() {
    put(grant.key());
    assertThat(bucket.content(grant.key())).isEqualTo("video");
  }

  @Test
  void putsAnyOtherKeyOfTheUserToo() {
    bucket.put("uploads/other.mp4", "other");
    put("uploads/other.mp4");
    assertThat(bucket.content("uploads/other.mp4")).isEqualTo("video");
  }

  private void put(String key) {
    client.putObject(r -> r.bucket(bucket.name()).key(key), RequestBody.fromString("video"));
  }
}
