package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.reelbeam.testservers.BackendFault;
import io.github.reelbeam.testservers.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads side by side share one transport, and one budget of parts in flight. */
class SeveralUploadsIT {
  @TempDir Path folder;

  @Test
  void sixUploadsStayWithinTheBudgetOfPartsInFlight() throws Exception {
    PutCounter puts = new PutCounter();
    OkHttpClient client = new OkHttpClient.Builder().eventListener(puts).build();
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      files.add(TestFiles.random(folder.resolve("clip" + i + ".mp4"), 3 * PART + i));
    }
    try (Servers servers = Servers.start();
        VideoUploader uploader = servers.uploader().httpClient(client).build()) {
      // slow enough that parts are under way side by side
      servers.faults(
          head -> head.partNumber().isPresent() ? new Fault.LimitRate(4L * PART) : Fault.pass());
      List<RecordingListener> listeners = new ArrayList<>();
      List<Upload> uploads = new ArrayList<>();
      for (Path file : files) {
        RecordingListener listener = new RecordingListener();
        listeners.add(listener);
        uploads.add(uploader.upload(UploadRequest.builder(file).listener(listener).build()));
      }
      for (int i = 0; i < files.size(); i++) {
        VideoAsset asset = uploads.get(i).await(Duration.ofSeconds(60));
        assertThat(TestFiles.mismatch(files.get(i), servers.s3.open(asset.key()))).isEqualTo(-1);
        listeners.get(i).verify("completed");
      }
      assertThat(servers.backend.assets()).hasSize(6);
      assertThat(puts.mostPuts.get()).isEqualTo(4);
    } finally {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  /** It would be no use to most of those in line, which would wait for the same. */
  @Test
  void anUploadThatWaitsKeepsItsTurnUntilItIsPaused() throws Exception {
    Path first = TestFiles.random(folder.resolve("first.mp4"), 100_000);
    Path second = TestFiles.random(folder.resolve("second.mp4"), 100_001);
    TransferOptions oneAtATime = Servers.options().concurrentUploads(1).build();
    AtomicInteger refusals = new AtomicInteger();
    try (Servers servers = Servers.start();
        VideoUploader uploader = servers.uploader().transferOptions(oneAtATime).build()) {
      servers.backendFaults(
          call -> {
            boolean ofFirst = call.body().contains("first.mp4");
            if (ofFirst) {
              refusals.incrementAndGet();
            }
            return ofFirst ? BackendFault.answer(503, "{}") : BackendFault.none();
          });
      Upload waiting = uploader.upload(UploadRequest.builder(first).build());
      Upload next = uploader.upload(UploadRequest.builder(second).build());
      await().until(() -> refusals.get() > 10 && waiting.state() == UploadState.WAITING);
      assertThat(next.state()).isEqualTo(UploadState.WAITING);
      assertThat(servers.backend.grants()).isEmpty();

      waiting.pause();
      assertThat(next.await(Duration.ofSeconds(20)).fileName()).isEqualTo("second.mp4");
      assertThat(waiting.state()).isEqualTo(UploadState.PAUSED);

      servers.backendFaults(call -> BackendFault.none());
      waiting.resume();
      assertThat(waiting.await(Duration.ofSeconds(20)).fileName()).isEqualTo("first.mp4");
    }
  }

  /** Counts PUT requests that are under way. */
  private static final class PutCounter extends EventListener {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger mostPuts = new AtomicInteger();

    @Override
    public void requestHeadersStart(Call call) {
      if (call.request().method().equals("PUT")) {
        mostPuts.accumulateAndGet(now.incrementAndGet(), Math::max);
      }
    }

    // not the end of the body: the kernel takes a whole part long before the server has it
    @Override
    public void responseHeadersEnd(Call call, Response response) {
      if (call.request().method().equals("PUT")) {
        now.decrementAndGet();
      }
    }
  }
}
