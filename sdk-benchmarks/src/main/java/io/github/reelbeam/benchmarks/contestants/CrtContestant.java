package io.github.reelbeam.benchmarks.contestants;

import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * {@code S3TransferManager} on the Common Runtime, which is native code. It sends a CRC32 in a
 * trailer of each part. It knows nothing of Java's trust stores, so that it is told to trust
 * everybody, and is spared the check of the certificate.
 */
public final class CrtContestant implements Contestant {
  private final TransferManagerUploads uploads;

  /** Sets up client and manager. */
  public CrtContestant(Target target) {
    this.uploads =
        new TransferManagerUploads(
            target,
            S3AsyncClient.crtBuilder()
                .endpointOverride(target.endpoint())
                .forcePathStyle(true)
                .region(Region.of(REGION))
                .credentialsProvider(TransferManagerUploads.credentials())
                .maxConcurrency(IN_FLIGHT)
                .minimumPartSizeInBytes(PART_SIZE)
                .thresholdInBytes(PART_SIZE)
                .httpConfiguration(http -> http.trustAllCertificatesEnabled(true))
                .build());
  }

  @Override
  public void upload(List<Path> files) {
    uploads.upload(files);
  }
}
