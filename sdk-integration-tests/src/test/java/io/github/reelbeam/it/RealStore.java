package io.github.reelbeam.it;

import java.net.URI;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The store and the STS that the tests with the tag {@code real-store} talk to, as the environment
 * names them. A test makes its own bucket and deletes it.
 *
 * <p>{@code REELBEAM_IT_S3_ENDPOINT}, {@code REELBEAM_IT_STS_ENDPOINT}, {@code
 * REELBEAM_IT_ACCESS_KEY_ID}, {@code REELBEAM_IT_SECRET_ACCESS_KEY}, {@code REELBEAM_IT_REGION},
 * {@code REELBEAM_IT_ROLE_ARN}, {@code REELBEAM_IT_PATH_STYLE} ({@code true} or {@code false}).
 */
public record RealStore(
    URI s3Endpoint,
    URI stsEndpoint,
    String accessKeyId,
    String secretAccessKey,
    String region,
    String roleArn,
    boolean pathStyle) {

  /** The store of the environment; a missing variable fails the test. */
  public static RealStore fromEnvironment() {
    return new RealStore(
        URI.create(variable("S3_ENDPOINT")),
        URI.create(variable("STS_ENDPOINT")),
        variable("ACCESS_KEY_ID"),
        variable("SECRET_ACCESS_KEY"),
        variable("REGION"),
        variable("ROLE_ARN"),
        Boolean.parseBoolean(variable("PATH_STYLE")));
  }

  private static String variable(String name) {
    String full = "REELBEAM_IT_" + name;
    String value = System.getenv(full);
    if (value == null || value.isBlank()) {
      throw new IllegalStateException(
          full + " is not set: the profile real-store needs a store and an STS to test against");
    }
    return value;
  }

  /** A bucket name that nobody has used. */
  public static String newBucketName() {
    return "reelbeam-it-" + UUID.randomUUID();
  }

  /** STS, called with the backend's own keys. */
  public StsClient sts() {
    return StsClient.builder()
        .endpointOverride(stsEndpoint)
        .region(Region.of(region))
        .credentialsProvider(StaticCredentialsProvider.create(ownKeys()))
        .build();
  }

  /** S3, called with the backend's own keys. */
  public S3Client s3() {
    return s3(ownKeys());
  }

  /** S3, called with temporary credentials. */
  public S3Client s3(String id, String secret, String sessionToken) {
    return s3(AwsSessionCredentials.create(id, secret, sessionToken));
  }

  /** S3, called with any credentials. */
  public S3Client s3(AwsCredentials credentials) {
    return S3Client.builder()
        .endpointOverride(s3Endpoint)
        .region(Region.of(region))
        .forcePathStyle(pathStyle)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        // trailers with checksums are refused by stores such as Ceph
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .build();
  }

  /** Whether the environment names AWS, which has no sessions of seconds, and an IAM elsewhere. */
  static boolean isAws() {
    return fromEnvironment().stsEndpoint().getHost().contains(".amazonaws.com");
  }

  /** The backend's own keys, for other services of the store. */
  StaticCredentialsProvider ownKeysProvider() {
    return StaticCredentialsProvider.create(ownKeys());
  }

  private AwsBasicCredentials ownKeys() {
    return AwsBasicCredentials.create(accessKeyId, secretAccessKey);
  }

  /** The credentials are left out. */
  @Override
  public String toString() {
    return "RealStore[" + s3Endpoint + ", " + stsEndpoint + "]";
  }
}
