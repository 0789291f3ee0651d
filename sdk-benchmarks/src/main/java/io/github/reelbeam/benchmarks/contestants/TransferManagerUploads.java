package io.github.reelbeam.benchmarks.contestants;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;
import software.amazon.awssdk.transfer.s3.model.FileUpload;

/** What is the same with both clients that an {@code S3TransferManager} can stand on. */
final class TransferManagerUploads {
  private final Target target;
  private final S3TransferManager manager;

  TransferManagerUploads(Target target, S3AsyncClient client) {
    this.target = target;
    this.manager = S3TransferManager.builder().s3Client(client).build();
  }

  static AwsCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsSessionCredentials.create(Target.ACCESS_KEY, Target.SECRET_KEY, Target.SESSION_TOKEN));
  }

  void upload(List<Path> files) {
    List<FileUpload> uploads = new ArrayList<>();
    for (Path file : files) {
      uploads.add(
          manager.uploadFile(
              upload ->
                  upload
                      .source(file)
                      .putObjectRequest(
                          put -> put.bucket(Contestant.BUCKET).key(target.nextKey()))));
    }
    for (FileUpload upload : uploads) {
      upload.completionFuture().join();
    }
  }
}
