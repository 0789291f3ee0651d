package io.github.reelbeam.examples.topics;

import io.github.reelbeam.backend.AssetStore;
import io.github.reelbeam.backend.AssetVerifier;
import io.github.reelbeam.backend.ObjectKeys;
import io.github.reelbeam.backend.RenewalTokens;
import io.github.reelbeam.backend.S3VideoBucket;
import io.github.reelbeam.backend.StsCredentials;
import io.github.reelbeam.backend.UploadGrantIssuer;
import io.github.reelbeam.backend.UploadHandlers;
import io.github.reelbeam.backend.UploadLimits;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** All that a backend has to set up, over clients for STS and S3 and a table of its own. */
public final class AnswerThreeRequests {
  private AnswerThreeRequests() {}

  /**
   * Sets up the three endpoints.
   *
   * @param sts with the backend's own keys
   * @param s3 likewise
   * @param roleArn may put objects into the bucket under {@code uploads/}
   * @param secret at least 32 random bytes, the same on every machine of the backend
   * @param assets the app's own table of videos
   */
  public static UploadHandlers handlers(
      StsClient sts,
      S3Client s3,
      String bucket,
      String region,
      String roleArn,
      byte[] secret,
      AssetStore assets) {
    ObjectKeys keys = ObjectKeys.withPrefix("uploads/");
    UploadLimits limits = UploadLimits.upTo(20L << 30);
    StsCredentials credentials = StsCredentials.assumingRole(sts, roleArn).build();
    RenewalTokens tokens = RenewalTokens.signingWith("2026-11", secret).build();
    UploadGrantIssuer issuer =
        UploadGrantIssuer.builder(bucket, region, credentials, tokens)
            .keys(keys)
            .limits(limits)
            .build();
    AssetVerifier verifier = AssetVerifier.of(S3VideoBucket.of(s3, bucket), keys, limits);
    return UploadHandlers.of(issuer, verifier, assets);
  }
}
