package io.github.reelbeam.benchmarks.contestants;

import io.minio.MinioClient;
import io.minio.UploadObjectArgs;
import io.minio.credentials.StaticProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * MinIO's client. It sends the parts of a file one after the other, and computes a SHA-256 of each
 * in a pass of its own; files go side by side on threads of ours.
 */
public final class MinioContestant implements Contestant {
  private final Target target;
  private final MinioClient client;
  private final ExecutorService threads = Executors.newFixedThreadPool(IN_FLIGHT);

  /** Sets up the client. */
  public MinioContestant(Target target) {
    this.target = target;
    this.client =
        MinioClient.builder()
            .endpoint(target.endpoint().toString())
            .region(REGION)
            .credentialsProvider(
                new StaticProvider(Target.ACCESS_KEY, Target.SECRET_KEY, Target.SESSION_TOKEN))
            .build();
  }

  @Override
  public void upload(List<Path> files) throws Exception {
    List<Future<?>> uploads = new ArrayList<>();
    for (Path file : files) {
      uploads.add(
          threads.submit(
              () ->
                  client.uploadObject(
                      UploadObjectArgs.builder()
                          .bucket(BUCKET)
                          .object(target.nextKey())
                          .filename(file.toString(), PART_SIZE)
                          .build())));
    }
    for (Future<?> upload : uploads) {
      upload.get();
    }
  }
}
