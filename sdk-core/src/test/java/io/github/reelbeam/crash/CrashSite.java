package io.github.reelbeam.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.reelbeam.TestFiles;
import io.github.reelbeam.crash.CrashingUploader.Task;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import io.github.reelbeam.testservers.Fault;
import io.github.reelbeam.testservers.FaultProxy;
import io.github.reelbeam.testservers.ProxiedRequest;
import io.github.reelbeam.testservers.RequestHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The world of one upload, which outlives the processes that work on it: the file, the journal, the
 * store behind a proxy that counts, and the backend.
 */
final class CrashSite implements AutoCloseable {
  static final int PART = 5 << 20;

  /** Multipart uploads that no process knows of. */
  enum Leftovers {
    /** There are none, and the backend aborts none: one that is left open is found. */
    MUST_NOT_BE,
    /** A process may have died before it could note its upload: the backend aborts it. */
    ARE_ABORTED
  }

  final EmbeddedS3 s3 = EmbeddedS3.start();
  final FaultProxy proxy;
  final EmbeddedBackend backend;

  private final Path file;
  private final Path folder;
  private final int parallelism;
  private final long rateLimit;
  private volatile Function<RequestHead, Fault> faults = head -> Fault.pass();

  /**
   * @param folder for the journal and what the processes print; made if it is missing
   * @param rateLimit of each process, in bytes per second; 0 for none
   * @param leftovers what becomes of multipart uploads that a killed process has left open
   */
  CrashSite(Path file, Path folder, int parallelism, long rateLimit, Leftovers leftovers)
      throws IOException {
    this.file = file;
    this.folder = Files.createDirectories(folder);
    this.parallelism = parallelism;
    this.rateLimit = rateLimit;
    this.proxy = FaultProxy.start(s3.endpoint(), head -> faults.apply(head));
    EmbeddedBackend.Builder builder = EmbeddedBackend.builder(s3).s3Endpoint(proxy.uri());
    this.backend = (leftovers == Leftovers.MUST_NOT_BE ? builder.keepLeftovers() : builder).start();
  }

  /** What goes wrong from now on. */
  void faults(Function<RequestHead, Fault> script) {
    faults = script;
  }

  UploaderProcess start(Task task) throws IOException {
    return start(task, CrashPoints.NONE);
  }

  UploaderProcess start(Task task, String fatalPoint) throws IOException {
    return UploaderProcess.start(folder, ChildJvm.command(arguments(task, fatalPoint)));
  }

  /** Starts an upload that leaves behind what lets those after it start faster. */
  UploaderProcess startArchiving() throws IOException {
    return UploaderProcess.start(
        folder, ChildJvm.archivingCommand(arguments(Task.UPLOAD, CrashPoints.NONE)));
  }

  private List<String> arguments(Task task, String fatalPoint) {
    return List.of(
        backend.uri().toString(),
        file.toString(),
        journal().toString(),
        task.name(),
        fatalPoint,
        Integer.toString(parallelism),
        Long.toString(rateLimit));
  }

  /**
   * Starts the process that goes on after a kill, as an app would: what was accepted is in the
   * journal and is resumed; what was not is asked for again.
   */
  UploaderProcess startAgain(boolean accepted) throws IOException {
    return start(accepted ? Task.RESUME : Task.UPLOAD);
  }

  private Path journal() {
    return folder.resolve("journal");
  }

  /** The bytes of the video that have arrived at the store's door, all attempts together. */
  long videoBytesSent() {
    return proxy.requests().stream()
        .filter(request -> request.head().method().equals("PUT"))
        .mapToLong(ProxiedRequest::bodyBytes)
        .sum();
  }

  /**
   * Checks that the upload is done, once, and that nothing is left of it anywhere.
   *
   * @param wasted how many bytes may have been sent in vain: those in flight at a kill
   */
  void verifyDone(long wasted) throws IOException {
    String where = folder.getFileName() + ": ";
    assertThat(s3.keys()).as(where + "objects").hasSize(1);
    String key = s3.keys().get(0);
    assertThat(TestFiles.mismatch(file, s3.open(key))).as(where + "first wrong byte").isEqualTo(-1);
    assertThat(s3.openUploads()).as(where + "multipart uploads left open").isEmpty();
    assertThat(backend.assets())
        .as(where + "assets")
        .singleElement()
        .satisfies(asset -> assertThat(asset.key()).isEqualTo(key));
    try (Stream<Path> files = Files.list(journal())) {
      assertThat(files.map(path -> String.valueOf(path.getFileName())))
          .as(where + "files in the journal")
          .containsExactly(".journal.lock");
    }
    assertThat(videoBytesSent() - Files.size(file))
        .as(where + "bytes sent twice")
        .isBetween(0L, wasted);
  }

  @Override
  public void close() {
    backend.close();
    proxy.close();
    s3.close();
  }
}
