package io.github.reelbeam.benchmarks.harness;

import io.github.reelbeam.benchmarks.contestants.AdaptiveReelbeamContestant;
import io.github.reelbeam.benchmarks.contestants.Contestant;
import io.github.reelbeam.benchmarks.contestants.CrtContestant;
import io.github.reelbeam.benchmarks.contestants.DurableReelbeamContestant;
import io.github.reelbeam.benchmarks.contestants.MinioContestant;
import io.github.reelbeam.benchmarks.contestants.NettyContestant;
import io.github.reelbeam.benchmarks.contestants.ReelbeamContestant;
import io.github.reelbeam.benchmarks.contestants.SdkV1Contestant;
import java.util.Arrays;

/** Who can be compared. */
enum Rival {
  REELBEAM("reelbeam", "Reelbeam", "reelbeam", ReelbeamContestant.class),
  ADAPTIVE_REELBEAM(
      "reelbeam-adaptive",
      "Reelbeam, options by default",
      "reelbeam",
      AdaptiveReelbeamContestant.class),
  DURABLE_REELBEAM(
      "reelbeam-durable",
      "Reelbeam, journal on disk, backend",
      "reelbeam",
      DurableReelbeamContestant.class),
  NETTY("netty", "S3TransferManager on Netty", "netty", NettyContestant.class),
  CRT("crt", "S3TransferManager on CRT", "crt", CrtContestant.class),
  SDK_V1("sdk-v1", "TransferManager of SDK v1", "sdk-v1", SdkV1Contestant.class),
  MINIO("minio", "MinIO client", "minio", MinioContestant.class);

  private final String id;
  private final String title;
  private final String classPath;
  private final Class<? extends Contestant> contestant;

  Rival(String id, String title, String classPath, Class<? extends Contestant> contestant) {
    this.id = id;
    this.title = title;
    this.classPath = classPath;
    this.contestant = contestant;
  }

  static Rival of(String id) {
    return Arrays.stream(values())
        .filter(rival -> rival.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no contestant " + id + "; there are " + Arrays.toString(ids())));
  }

  private static String[] ids() {
    return Arrays.stream(values()).map(rival -> rival.id).toArray(String[]::new);
  }

  String title() {
    return title;
  }

  /** The name of the file in which the build has put the class path. */
  String classPathFile() {
    return classPath + ".txt";
  }

  /** The class to be run. */
  String className() {
    return contestant.getName();
  }
}
