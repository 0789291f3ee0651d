package io.github.reelbeam.examples.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.reelbeam.GrantException;
import io.github.reelbeam.TransferOptions;
import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadRequest;
import io.github.reelbeam.VideoAsset;
import io.github.reelbeam.VideoUploader;
import io.github.reelbeam.examples.cli.TestVideos;
import io.github.reelbeam.journal.FileUploadJournal;
import io.github.reelbeam.testservers.Asset;
import io.github.reelbeam.testservers.EmbeddedBackend;
import io.github.reelbeam.testservers.EmbeddedS3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs do what they say. */
@Timeout(60)
class TopicsIT {
  private static final long SIZE = 20 << 20;

  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final EmbeddedBackend backend = EmbeddedBackend.start(s3);

  @TempDir private Path folder;

  @AfterEach
  void stopServers() {
    backend.close();
    s3.close();
  }

  @Test
  void uploadOneFile() throws Exception {
    Path video = video("holiday.mp4");

    UploadOneFile.main(backend.uri().toString(), video.toString());

    assertStored(video);
  }

  @Test
  void uploadWithProgressBar() throws Exception {
    Path video = video("holiday.mp4");
    List<Double> bar = new CopyOnWriteArrayList<>();

    VideoAsset asset =
        new UploadWithProgressBar(backend.uri(), () -> "token", bar::add)
            .upload(video, folder.resolve("journal"));

    assertStored(video);
    assertThat(asset.fileName()).isEqualTo("holiday.mp4");
    assertThat(bar).isSorted().endsWith(1.0);
  }

  @Test
  void showProgress() throws Exception {
    Path video = video("holiday.mp4");

    ShowProgress.main(backend.uri().toString(), video.toString());

    assertStored(video);
  }

  @Test
  void pauseAndResume() throws Exception {
    Path video = video("holiday.mp4");

    PauseAndResume.main(backend.uri().toString(), video.toString());

    assertStored(video);
  }

  @Test
  void resumeAtStart() throws Exception {
    Path video = video("holiday.mp4");
    Path journal = folder.resolve("uploads");
    leaveMidway(video, journal);

    ResumeAtStart.main(backend.uri().toString(), journal.toString());

    assertStored(video);
    assertThat(backend.grants()).hasSize(1);
  }

  @Test
  void uploadSeveralFiles() throws Exception {
    Path coast = video("coast.mp4");
    Path hills = video("hills.mp4");

    UploadSeveralFiles.main(backend.uri().toString(), coast.toString(), hills.toString());

    assertStored(coast);
    assertStored(hills);
    assertThat(s3.keys()).hasSize(2);
  }

  @Test
  void measureUploads() throws Exception {
    Path video = video("holiday.mp4");

    MeasureUploads.main(backend.uri().toString(), video.toString());

    assertStored(video);
  }

  @Test
  void reportFailure() throws Exception {
    Path video = video("holiday.mp4");

    ReportFailure.main(backend.uri().toString(), video.toString());

    assertStored(video);
    assertThat(folder.resolve("reports")).doesNotExist();
  }

  @Test
  void reportFailureKeepsTheTimelineOfAnUploadThatFailed() throws Exception {
    Path video = video("holiday.mp4");
    try (EmbeddedBackend refusing =
        EmbeddedBackend.builder(s3).bearerToken("another-token", "alice").start()) {
      String address = refusing.uri().toString();
      assertThatThrownBy(() -> ReportFailure.main(address, video.toString()))
          .isInstanceOf(GrantException.class);
    }

    try (Stream<Path> reports = Files.list(folder.resolve("reports"))) {
      assertThat(reports)
          .singleElement()
          .satisfies(
              report ->
                  assertThat(Files.readString(report))
                      .contains("\"state\":\"FAILED\"", "401")
                      .doesNotContain("holiday", "token-of-your-session"));
    }
  }

  // an earlier start of the app, which ended when a part was stored
  private void leaveMidway(Path video, Path journal) throws Exception {
    CompletableFuture<Void> partStored = new CompletableFuture<>();
    try (VideoUploader uploader =
        VideoUploader.builder()
            .backend(backend.uri(), () -> "Bearer token-of-your-session")
            .journal(FileUploadJournal.at(journal))
            .transferOptions(TransferOptions.builder().parallelism(1).rateLimit(SIZE / 2).build())
            .build()) {
      Upload upload =
          uploader.upload(
              UploadRequest.builder(video)
                  .listener(
                      new UploadListener() {
                        @Override
                        public void onPartCompleted(PartCompleted part) {
                          partStored.complete(null);
                        }
                      })
                  .build());
      partStored.get(30, TimeUnit.SECONDS);
      assertThat(upload.state().isTerminal()).isFalse();
    }
  }

  private Path video(String name) throws IOException {
    return TestVideos.write(folder.resolve(name), SIZE);
  }

  private void assertStored(Path video) throws IOException {
    assertThat(s3.openUploads()).isEmpty();
    Asset asset =
        backend.assets().stream()
            .filter(a -> a.fileName().equals(video.getFileName().toString()))
            .findFirst()
            .orElseThrow();
    TestVideos.assertStored(s3, asset.key(), video);
  }
}
