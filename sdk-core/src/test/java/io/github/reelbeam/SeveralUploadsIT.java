package io.github.reelbeam;

import static io.github.reelbeam.Servers.PART;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads side by side share one transport, and one budget of parts in flight. */
class SeveralUploadsIT {
  @TempDir Path folder;

  @Test
  void sixUploadsStayWithinTheBudgetOfPartsInFlight() throws Exception {
    BodyCounter bodies = new BodyCounter();
    OkHttpClient client = new OkHttpClient.Builder().eventListener(bodies).build();
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      files.add(TestFiles.random(folder.resolve("clip" + i + ".mp4"), 3 * PART + i));
    }
    try (Servers servers = Servers.start();
        VideoUploader uploader = servers.uploader().httpClient(client).build()) {
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
      assertThat(bodies.mostPuts.get()).isEqualTo(4);
    } finally {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  /** Counts PUT requests that are under way. */
  private static final class BodyCounter extends EventListener {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger mostPuts = new AtomicInteger();

    @Override
    public void requestBodyStart(Call call) {
      if (call.request().method().equals("PUT")) {
        mostPuts.accumulateAndGet(now.incrementAndGet(), Math::max);
      }
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
      if (call.request().method().equals("PUT")) {
        now.decrementAndGet();
      }
    }
  }
}
