package io.github.reelbeam.examples.cli;

import io.github.reelbeam.Upload;
import io.github.reelbeam.UploadId;
import io.github.reelbeam.UploadListener;
import io.github.reelbeam.UploadPriority;
import io.github.reelbeam.UploadProgress;
import io.github.reelbeam.UploadState;
import io.github.reelbeam.UploadTimeline;
import io.github.reelbeam.VideoAsset;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An upload that has begun and of which nothing has been sent. */
record FakeUpload(UploadId id, UploadProgress progress) implements Upload {
  static final UploadId ID = new UploadId("upload-1");
  static final VideoAsset ASSET =
      new VideoAsset(
          ID,
          "videos",
          "incoming/1.mp4",
          "eu-central-1",
          64 << 20,
          "video/mp4",
          "etag-8",
          new VideoAsset.Checksum("CRC32", "FULL_OBJECT", "AAAAAA=="),
          "holiday.mp4",
          Map.of("title", "Küste"),
          true,
          "{\"id\":\"asset-1\"}");

  static FakeUpload of(long size) {
    return new FakeUpload(ID, new UploadProgress(0, 0, size, 0, 0));
  }

  @Override
  public UploadState state() {
    return UploadState.REQUESTED;
  }

  @Override
  public UploadTimeline timeline() {
    throw new UnsupportedOperationException();
  }

  @Override
  public UploadPriority priority() {
    return UploadPriority.NORMAL;
  }

  @Override
  public CompletableFuture<VideoAsset> completion() {
    return new CompletableFuture<>();
  }

  @Override
  public VideoAsset await() {
    throw new UnsupportedOperationException();
  }

  @Override
  public VideoAsset await(Duration timeout) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void pause() {}

  @Override
  public void resume() {}

  @Override
  public void cancel() {}

  @Override
  public void prioritize(UploadPriority priority) {}

  @Override
  public void addListener(UploadListener listener) {}
}
