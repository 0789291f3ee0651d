package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.reelbeam.internal.http.CapturedLog;
import io.github.reelbeam.internal.log.Loggers;
import io.github.reelbeam.testservers.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One listener for each upload of an uploader, whoever began it. */
@Timeout(60)
class ListenerFactoryIT {
  @TempDir Path folder;
  private final Servers servers = Servers.start();
  private final Map<UploadId, RecordingListener> heard = new ConcurrentHashMap<>();

  @AfterEach
  void stop() {
    servers.close();
  }

  private UploadListener hear(Upload upload) {
    RecordingListener listener = new RecordingListener();
    assertThat(heard.put(upload.id(), listener)).isNull();
    return listener;
  }

  private RecordingListener listenerOf(Upload upload) {
    return Objects.requireNonNull(heard.get(upload.id()));
  }

  private UploadRequest request(String name) throws Exception {
    return UploadRequest.builder(TestFiles.random(folder.resolve(name), PART + 1)).build();
  }

  @Test
  void eachUploadHasOneOfItsOwn() throws Exception {
    Upload first;
    Upload second;
    try (VideoUploader uploader = servers.uploader().listenerFactory(this::hear).build()) {
      first = uploader.upload(request("a.mp4"));
      second = uploader.upload(request("b.mp4"));
      first.await();
      second.await();
    }

    assertThat(heard).containsOnlyKeys(first.id(), second.id());
    assertThat(listenerOf(first).verify("completed").parts()).hasSize(2);
    assertThat(listenerOf(second).verify("completed").parts()).hasSize(2);
  }

  @Test
  void uploadsThatAreResumedAtTheStartHaveOneToo() throws Exception {
    servers.faults(head -> head.partNumber().isPresent() ? Fault.accessDenied() : Fault.pass());
    Upload failed;
    try (VideoUploader uploader = servers.uploader().build()) {
      failed = uploader.upload(request("a.mp4"));
      assertThat(catchThrowableOfType(UploadException.class, failed::await)).isNotNull();
    }
    servers.faults(head -> Fault.pass());

    try (VideoUploader uploader = servers.uploader().listenerFactory(this::hear).build()) {
      for (Upload resumed : uploader.resumeAll()) {
        resumed.await();
      }
    }

    assertThat(heard).containsOnlyKeys(failed.id());
    listenerOf(failed).verify("completed");
  }

  @Test
  void oneThatCannotBeMadeIsLoggedAndDoesNoHarm() throws Exception {
    try (CapturedLog log = new CapturedLog(Loggers.EVENTS);
        VideoUploader uploader =
            servers
                .uploader()
                .listenerFactory(
                    upload -> {
                      throw new IllegalStateException("no listener today");
                    })
                .build()) {
      uploader.upload(request("a.mp4")).await();
      assertThat(log.text()).contains("WARN", "no listener today");
    }
  }
}
