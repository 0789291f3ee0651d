package io.github.reelbeam.benchmarks.contestants;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * {@code S3TransferManager} on the SDK's Java client with Netty. It sends a CRC32 in a trailer of
 * each part.
 */
public final class NettyContestant implements Contestant {
  private final TransferManagerUploads uploads;

  /** Sets up client and manager. */
  public NettyContestant(Target target) {
    this.uploads =
        new TransferManagerUploads(
            target,
            S3AsyncClient.builder()
                .endpointOverride(target.endpoint())
                .forcePathStyle(true)
                .region(Region.of(REGION))
                .credentialsProvider(TransferManagerUploads.credentials())
                .httpClientBuilder(
                    NettyNioAsyncHttpClient.builder()
                        .maxConcurrency(IN_FLIGHT)
                        // of 200 files most wait for a connection, and must not fail for that
                        .connectionAcquisitionTimeout(Duration.ofMinutes(10)))
                .multipartEnabled(true)
                .multipartConfiguration(
                    parts ->
                        parts
                            .minimumPartSizeInBytes(PART_SIZE)
                            .thresholdInBytes(PART_SIZE)
                            .parallelConfiguration(
                                parallel -> parallel.maxInFlightParts(IN_FLIGHT)))
                .build());
  }

  @Override
  public void upload(List<Path> files) {
    uploads.upload(files);
  }
}
