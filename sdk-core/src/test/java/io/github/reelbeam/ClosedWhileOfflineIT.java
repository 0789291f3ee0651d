package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.Fault;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An uploader that is closed while its store cannot be reached leaves no thread that waits. */
class ClosedWhileOfflineIT {
  @TempDir Path folder;

  @Test
  void noThreadWaitsForAListingThatIsNotRepeatedAnyMore() throws Exception {
    Path file = TestFiles.random(folder.resolve("holiday.mp4"), PART + 1000);
    UploadRequest request = UploadRequest.builder(file).build();
    VirtualScheduler time = new VirtualScheduler();
    try (Servers servers = Servers.start()) {
      leaveOnePart(servers, request);
      Set<Thread> before = uploadersThreads();
      try (VideoUploader uploader = servers.uploaderIn(time)) {
        servers.proxy.goOffline();
        Upload upload = uploader.upload(request);
        await().until(() -> upload.state() == UploadState.WAITING);
      }
      await()
          .untilAsserted(
              () -> {
                Set<Thread> left = new HashSet<>(uploadersThreads());
                left.removeAll(before);
                assertThat(left).isEmpty();
              });
    }
  }

  private static void leaveOnePart(Servers servers, UploadRequest request) {
    servers.faults(
        head ->
            head.partNumber().orElse(0) == 2
                ? Fault.s3Error(400, "EntityTooLarge", "scripted")
                : Fault.pass());
    try (VideoUploader uploader = servers.uploader().build()) {
      Upload upload = uploader.upload(request);
      assertThat(catchThrowableOfType(TransferException.class, upload::await)).isNotNull();
    }
    assertThat(servers.s3.openUploads()).hasSize(1);
  }

  private static Set<Thread> uploadersThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("reelbeam-worker-"))
        .collect(Collectors.toSet());
  }
}
