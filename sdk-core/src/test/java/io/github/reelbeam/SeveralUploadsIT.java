package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;

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
