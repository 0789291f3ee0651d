package io.github.reelbeam.examples.demo;

import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The servers and the folder of a demo; gone at its end, and after Ctrl-C too. */
final class DemoSite implements AutoCloseable {
  private static final Duration CREDENTIALS_VALID = Duration.ofMinutes(15);

  private final Path folder;
  private final EmbeddedS3 s3;
  private final EmbeddedBackend backend;
  private final Thread hook = new Thread(this::cleanUp, "demo-cleanup");
  private final AtomicBoolean clean = new AtomicBoolean();

  private DemoSite(Path folder) {
    this.folder = folder;
    this.s3 = EmbeddedS3.start();
    this.backend = EmbeddedBackend.builder(s3).credentialValidity(CREDENTIALS_VALID).start();
  }

  static DemoSite start() throws IOException {
    DemoSite site = new DemoSite(Files.createTempDirectory("reelbeam-demo-"));
    Runtime.getRuntime().addShutdownHook(site.hook);
    return site;
  }

  EmbeddedS3 s3() {
    return s3;
  }

  EmbeddedBackend backend() {
    return backend;
  }

  /** Where the video goes that is made on the spot. */
  Path video() {
    return folder.resolve("demo.mp4");
  }

  @Override
  public void close() {
    cleanUp();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException alreadyShuttingDown) {
      // then the hook finds that all is clean
    }
  }

  private void cleanUp() {
    if (clean.getAndSet(true)) {
      return;
    }
    backend.close();
    s3.close();
    try {
      Files.deleteIfExists(video());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      System.err.println("reelbeam: could not delete " + folder + ": " + e.getMessage());
    }
  }
}
