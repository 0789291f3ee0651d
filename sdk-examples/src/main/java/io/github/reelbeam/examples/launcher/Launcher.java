package io.github.reelbeam.examples.launcher;

import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.JavaProgram;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Puts the start script and its class-data archive beside the jar. The archive has the classes that
 * an upload takes, as they were at the end of one: the JVM need not read, check and link them
 * again.
 */
public final class Launcher {
  // two parts of the smallest size, so that a multipart upload is in the archive
  private static final long VIDEO_SIZE = 6 << 20;

  private Launcher() {}

  /**
   * Runs in the build, once the jar and its libraries are there.
   *
   * @param args the script, and the folder with the jar
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[1]).toRealPath();
    Path launcher = folder.resolve("reelbeam");
    Files.copy(Path.of(args[0]), launcher, StandardCopyOption.REPLACE_EXISTING);
    if (!launcher.toFile().setExecutable(true, false)) {
      throw new IOException("cannot make " + launcher + " executable");
    }
    archive(folder.resolve("reelbeam.jar"), folder.resolve("reelbeam.jsa"));
  }

  /** The JVM writes the archive when it ends. */
  private static void archive(Path jar, Path archive) throws IOException, InterruptedException {
    Files.deleteIfExists(archive);
    Path work = Files.createTempDirectory("reelbeam-archive");
    Path video = work.resolve("video.mp4");
    try (RandomAccessFile file = new RandomAccessFile(video.toFile(), "rw")) {
      file.setLength(VIDEO_SIZE);
    }
    try (EmbeddedS3 s3 = EmbeddedS3.builder().https().start();
        EmbeddedBackend backend = EmbeddedBackend.start(s3);
        JavaProgram upload =
            JavaProgram.start(
                work,
                jar,
                options(s3, archive),
                List.of(
                    "upload",
                    video.toString(),
                    "--backend",
                    backend.uri().toString(),
                    "--state",
                    work.resolve("state").toString()),
                Map.of("JAVA_TOOL_OPTIONS", ""))) {
      int code = upload.awaitExit(Duration.ofMinutes(2));
      if (code != 0 || !Files.exists(archive)) {
        throw new IllegalStateException("no archive: " + upload);
      }
    } finally {
      delete(work);
    }
  }

  private static List<String> options(EmbeddedS3 s3, Path archive) {
    List<String> options = new ArrayList<>();
    // those of the script: an archive is of use only to a JVM with the same collector
    options.add("-XX:+UseSerialGC");
    options.add("-XX:ArchiveClassesAtExit=" + archive);
    // it names each class that it leaves out
    options.add("-Xlog:cds=error,cds+dynamic=error");
    options.add("-Djavax.net.ssl.trustStore=" + s3.trustStore().orElseThrow());
    options.add("-Djavax.net.ssl.trustStorePassword=" + s3.trustStorePassword());
    return options;
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (var paths = Files.walk(folder)) {
      all = new ArrayList<>(paths.toList());
    }
    Collections.reverse(all);
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
