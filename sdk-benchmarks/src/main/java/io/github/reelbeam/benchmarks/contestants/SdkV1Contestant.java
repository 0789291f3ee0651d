package io.github.reelbeam.benchmarks.contestants;

import com.amazonaws.auth.AWSStaticCredentialsProvider;
import com.amazonaws.auth.BasicSessionCredentials;
import com.amazonaws.client.builder.AwsClientBuilder.EndpointConfiguration;
import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.AmazonS3ClientBuilder;
import com.amazonaws.services.s3.transfer.TransferManager;
import com.amazonaws.services.s3.transfer.TransferManagerBuilder;
import com.amazonaws.services.s3.transfer.Upload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** {@code TransferManager} of version 1 of the SDK. It computes an MD5 of each part. */
public final class SdkV1Contestant implements Contestant {
  private final Target target;
  private final TransferManager manager;

  /** Sets up client and manager. */
  public SdkV1Contestant(Target target) {
    this.target = target;
    AmazonS3 client =
        AmazonS3ClientBuilder.standard()
            .withEndpointConfiguration(
                new EndpointConfiguration(target.endpoint().toString(), REGION))
            .withPathStyleAccessEnabled(true)
            .withCredentials(
                new AWSStaticCredentialsProvider(
                    new BasicSessionCredentials(
                        Target.ACCESS_KEY, Target.SECRET_KEY, Target.SESSION_TOKEN)))
            .build();
    this.manager =
        TransferManagerBuilder.standard()
            .withS3Client(client)
            .withMinimumUploadPartSize(PART_SIZE)
            .withMultipartUploadThreshold(PART_SIZE)
            .withExecutorFactory(() -> Executors.newFixedThreadPool(IN_FLIGHT))
            .build();
  }

  @Override
  public void upload(List<Path> files) throws InterruptedException {
    List<Upload> uploads = new ArrayList<>();
    for (Path file : files) {
      uploads.add(manager.upload(BUCKET, target.nextKey(), file.toFile()));
    }
    for (Upload upload : uploads) {
      upload.waitForCompletion();
    }
  }
}
