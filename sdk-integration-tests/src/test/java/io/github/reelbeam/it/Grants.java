package io.github.reelbeam.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.reelbeam.backend.CredentialsIssuer;
import io.github.reelbeam.backend.RenewalTokens;
import io.github.reelbeam.backend.StsCredentials;
import io.github.reelbeam.backend.UploadGrantIssuer;
import io.github.reelbeam.backend.VideoDescription;
import java.util.Map;
import software.amazon.awssdk.services.sts.StsClient;

/** Issuers of grants to the real store, set up as a backend would. */
final class Grants {
  static final VideoDescription VIDEO =
      new VideoDescription("holiday.mp4", "video/mp4", 8, Map.of());

  private Grants() {}

  static UploadGrantIssuer ofRole(RealStore store, StsClient sts, String bucket) {
    return builder(store, bucket, StsCredentials.assumingRole(sts, store.roleArn()).build())
        .build();
  }

  static UploadGrantIssuer.Builder builder(
      RealStore store, String bucket, CredentialsIssuer credentials) {
    byte[] secret = "a secret of thirty-two bytes, so".getBytes(US_ASCII);
    return UploadGrantIssuer.builder(
            bucket, store.region(), credentials, RenewalTokens.signingWith("test", secret).build())
        .endpoint(store.s3Endpoint())
        .pathStyleAccess(store.pathStyle());
  }
}
